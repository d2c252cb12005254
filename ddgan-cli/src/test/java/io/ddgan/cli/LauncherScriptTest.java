package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script with a fake Java that prints its arguments, and the build script with a fake
 * Maven.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("slow")
class LauncherScriptTest {

  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$3" = -version ]; then
        echo 'openjdk version "17.0.1" 2021-10-19' >&2
      else
        echo "threads=$OMP_NUM_THREADS"
        echo "locale=$LC_ALL"
        for word in "$@"; do echo "$word"; done
      fi
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      if [ "$2" = -v ]; then echo 'Apache Maven 3.9.0'; exit; fi
      echo built >>builds
      sleep 0.3
      mkdir -p ddgan-cli/target/ddgan-1.0/bin
      printf '#!/bin/sh\\necho "ran $*"\\n' >ddgan-cli/target/ddgan-1.0/bin/ddgan
      chmod +x ddgan-cli/target/ddgan-1.0/bin/ddgan
      touch ddgan-cli/target/ddgan-1.0.zip
      """;

  private static final String JAVAC =
      """
      #!/bin/sh
      echo 'javac 17.0.1'
      """;

  @TempDir Path folder;
  private Path script;
  private Path lock;

  @BeforeEach
  void install() throws IOException {
    script = folder.resolve("dist/bin/ddgan");
    script(script, Files.readString(Path.of("src/main/dist/bin/ddgan")));
    script(folder.resolve("java/bin/java"), JAVA);
  }

  @Test
  void argumentsArePassedToJava() throws IOException, InterruptedException {
    assertTrue(said(Map.of(), "dist/bin/ddgan").contains("-Dddgan.command=dist/bin/ddgan"));
    assertTrue(
        said(Map.of("DDGAN_COMMAND", "./ddgan"), script.toString())
            .contains("-Dddgan.command=./ddgan"));
    Map<String, String> path = Map.of("PATH", script.getParent() + ":" + System.getenv("PATH"));
    assertTrue(said(path, "sh", "-c", "ddgan list").contains("-Dddgan.command=ddgan"));
  }

  @Test
  void threadsAreSetInTheEnvironmentExceptThoseOfOtherProcesses()
      throws IOException, InterruptedException {
    String command = script.toString();
    assertEquals("threads=3", said(Map.of(), command, "train", "x", "--threads", "3").get(0));
    assertEquals("threads=3", said(Map.of(), command, "train", "--threads=3", "x").get(0));
    Map<String, String> five = Map.of("OMP_NUM_THREADS", "5");
    assertEquals("threads=3", said(five, command, "train", "x", "--threads", "3").get(0));
    assertEquals("threads=5", said(five, command, "train", "x").get(0));
    assertEquals("threads=3", said(five, command, "sample", "x", "--threads", "3").get(0));
    assertEquals("threads=5", said(five, command, "sweep", "x", "--threads", "3").get(0));
    assertEquals("threads=5", said(five, command, "reproduce", "x", "--threads", "3").get(0));
  }

  @Test
  void onlyWhatComputesNothingStartsWithoutTheCompilerForLongRuns()
      throws IOException, InterruptedException {
    String command = script.toString();
    String quick = "-XX:TieredStopAtLevel=1";
    assertTrue(said(Map.of(), command, "list").contains(quick));
    assertTrue(said(Map.of(), command, "--help").contains(quick));
    assertFalse(said(Map.of(), command, "train", "list").contains(quick));
    assertFalse(said(Map.of(), command, "--plugins", "x", "train", "y").contains(quick));
  }

  @Test
  void javaStartErrorsAreQuoted() throws IOException, InterruptedException {
    script(folder.resolve("java/bin/java"), "#!/bin/sh\necho 'Could not allocate' >&2\nexit 1\n");
    List<String> lines = said(1, Map.of(), script.toString(), "list");
    assertTrue(lines.get(0).startsWith("ddgan: "), lines::toString);
    assertTrue(
        lines.get(0).contains("java/bin/java does not start: Could not allocate"), lines::toString);
  }

  @Test
  void asciiLocaleIsReplacedByUtf8() throws IOException, InterruptedException {
    Map<String, String> ascii = Map.of("LC_ALL", "C");
    assertEquals("locale=C.UTF-8", said(ascii, script.toString(), "list").get(1));
  }

  private List<String> said(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return said(0, environment, command);
  }

  private List<String> said(int exitCode, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_HOME", folder.resolve("java").toString());
    return lines(exitCode, start(all, command));
  }

  private void makeSources() throws IOException {
    script(folder.resolve("ddgan"), Files.readString(Path.of("../ddgan")));
    script(folder.resolve("tools/bin/mvn"), MAVEN);
    script(folder.resolve("tools/bin/javac"), JAVAC);
    Files.writeString(folder.resolve("pom.xml"), "<project>\n  <version>1.0</version>\n");
    for (String module : List.of("ddgan-cli", "extensions/one")) {
      Files.createDirectories(folder.resolve(module + "/src/main"));
      Files.writeString(folder.resolve(module + "/pom.xml"), "<project/>");
    }
    Files.createDirectories(folder.resolve(".mvn"));
    lock = folder.resolve("target/building");
  }

  @Test
  void concurrentStartsBuildOnce() throws IOException, InterruptedException {
    makeSources();
    Process one = start("one");
    Process other = start("other");
    List<String> lines = lines(0, one);
    assertTrue(lines.contains("ran one"), lines::toString);
    lines = lines(0, other);
    assertTrue(lines.contains("ran other"), lines::toString);
    assertEquals(1, builds());
    assertEquals(List.of("ran again"), lines(0, start("again")));
    assertEquals(1, builds());
    assertFalse(Files.exists(lock));
  }

  @Test
  void killedBuildDoesNotBlockLaterOnes() throws IOException, InterruptedException {
    makeSources();
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Files.createDirectories(lock);
    Files.writeString(lock.resolve("process"), ended.pid() + "\n");
    List<String> lines = lines(0, start("one"));
    assertTrue(lines.contains("ran one"), lines::toString);
    assertFalse(Files.exists(lock));
  }

  private int builds() throws IOException {
    return Files.readAllLines(folder.resolve("builds")).size();
  }

  private Process start(String word) throws IOException {
    Path tools = folder.resolve("tools");
    String path = tools.resolve("bin") + ":" + System.getenv("PATH");
    Map<String, String> environment = Map.of("JAVA_HOME", tools.toString(), "PATH", path);
    return start(environment, folder.resolve("ddgan").toString(), word);
  }

  private Process start(Map<String, String> environment, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).start();
  }

  private static List<String> lines(int exitCode, Process process)
      throws IOException, InterruptedException {
    byte[] printed = process.getInputStream().readAllBytes();
    List<String> lines = new String(printed, StandardCharsets.UTF_8).lines().toList();
    assertEquals(exitCode, process.waitFor(), lines::toString);
    return lines;
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertTrue(file.toFile().setExecutable(true));
  }
}
