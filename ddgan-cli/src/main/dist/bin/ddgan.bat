@echo off
rem Starts ddgan. DDGAN_OPTS: further JVM options, which override those below.
setlocal
for %%i in ("%~dp0..") do set "DDGAN_HOME=%%~fi"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
rem The option exists since Java 17.
"%JAVA%" --enable-native-access=ALL-UNNAMED -version >nul 2>&1
if errorlevel 1 (
  echo ddgan: Java not found or too old; install Java 17 or newer, or set JAVA_HOME to its folder 1>&2
  exit /b 1
)
for %%j in ("%DDGAN_HOME%\lib\ddgan-cli-*.jar") do set "DDGAN_JAR=%%j"
"%JAVA%" --add-modules jdk.incubator.vector --add-exports java.base/jdk.internal.vm.vector=ALL-UNNAMED ^
  -XX:+UseSerialGC -XX:MaxRAMPercentage=25 -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 -Xlog:disable ^
  -Dorg.bytedeco.javacpp.maxphysicalbytes=350%% ^
  -Djava.awt.headless=true ^
  "-Djava.util.logging.config.file=%DDGAN_HOME%\conf\logging.properties" ^
  -Dguice_bytecode_gen_option=DISABLED ^
  -Dsun.misc.unsafe.memory.access=allow ^
  "-Dddgan.plugins=%DDGAN_HOME%\plugins" ^
  "-Dddgan.models=%DDGAN_HOME%\models" ^
  "-Dddgan.command=%~0" ^
  %DDGAN_OPTS% -jar "%DDGAN_JAR%" %*
exit /b %errorlevel%
