package io.ddgan.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.OS;

/** The command in a separate virtual machine. */
final class ChildProcess {

  /** Variables that make a virtual machine print a message on standard error. */
  private static final Set<String> JAVA_OPTIONS =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /** Options for short-lived processes. */
  private static final List<String> QUICK =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:CompileThresholdScaling=3",
          "-XX:+UseSerialGC",
          "-XX:MetaspaceSize=64m",
          "-Xmn32m");

  /** The mask of ignored signals on Linux in hexadecimal; its second bit is SIGINT. */
  private static final Predicate<String> INTERRUPTS_IGNORED =
      Pattern.compile("SigIgn:\\s+\\p{XDigit}*[2367abefABEF]").asMatchPredicate();

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // of a failed test
  }

  /** The exit code of a process, and its output on both streams. */
  record Outcome(int exitCode, List<String> lines) {

    /** Runs a command in this process. */
    static Outcome here(String... args) {
      StringWriter printed = new StringWriter();
      PrintWriter both = new PrintWriter(printed, true);
      int code = Main.run(both, both, args);
      return new Outcome(code, printed.toString().lines().toList());
    }
  }

  static ChildProcess start(Path folder, String... args) throws IOException {
    return start(folder, Map.of(), List.of(), args);
  }

  /** Starts it with additional options of the virtual machine. */
  static ChildProcess start(Path folder, List<String> options, String... args) throws IOException {
    return start(folder, Map.of(), options, args);
  }

  /** Starts it with additional environment variables. */
  static ChildProcess start(Path folder, Map<String, String> environment, String... args)
      throws IOException {
    return start(folder, environment, List.of(), args);
  }

  /** Starts it with additional environment variables and options of the virtual machine. */
  static ChildProcess start(
      Path folder, Map<String, String> environment, List<String> options, String... args)
      throws IOException {
    return start(Main.class, folder, environment, options, List.of(), args);
  }

  /** Starts it with a further folder at the end of the class path. */
  static ChildProcess startWithFolder(Path last, Path folder, String... args) throws IOException {
    return start(Main.class, folder, Map.of(), List.of(), List.of(last), args);
  }

  /** Starts another main class, which calls the command. */
  static ChildProcess startOther(Class<?> main, Path folder, List<String> options)
      throws IOException {
    return start(main, folder, Map.of(), options, List.of());
  }

  private static ChildProcess start(
      Class<?> main,
      Path folder,
      Map<String, String> environment,
      List<String> options,
      List<Path> last,
      String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String name :
        List.of(
            "ddgan.cache",
            "guice_bytecode_gen_option",
            "java.util.logging.config.file",
            "org.bytedeco.javacpp.maxphysicalbytes",
            "sun.misc.unsafe.memory.access")) {
      Optional.ofNullable(System.getProperty(name))
          .ifPresent(value -> command.add("-D%s=%s".formatted(name, value)));
    }
    command.addAll(QUICK);
    command.addAll(options);
    StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
    last.forEach(entry -> classPath.append(File.pathSeparator).append(entry));
    command.addAll(List.of("-cp", classPath.toString(), main.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeAll(JAVA_OPTIONS);
    builder.environment().putAll(environment);
    return new ChildProcess(builder.start());
  }

  long pid() {
    return process.pid();
  }

  Outcome await() throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output.lines().toList());
  }

  /** Returns the address that a server prints at the start of a line; earlier lines are dropped. */
  URI awaitAddress() throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("http://")) {
        return URI.create(line.substring(0, line.indexOf(' ')));
      }
    }
    throw new IOException("it has ended without an address");
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills the process, as kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Pauses the process until it is resumed or killed, if the system can. */
  void pause() throws IOException, InterruptedException {
    if (!OS.WINDOWS.isCurrentOs()) {
      signal("-STOP");
    }
  }

  /** Resumes a paused process. */
  void goOn() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String which) throws IOException, InterruptedException {
    new ProcessBuilder("kill", which, Long.toString(process.pid())).start().waitFor();
  }

  /** Asks the process to end, as Ctrl-C does. */
  void interrupt() throws IOException, InterruptedException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (Files.exists(status) && Files.readString(status).lines().anyMatch(INTERRUPTS_IGNORED)) {
      kill(); // instead of waiting for an end that does not come
      throw new IllegalStateException(
          "these tests were started with SIGINT ignored, as scripts start what they put into the"
              + " background, so nothing can be interrupted; start them with"
              + " env --default-signal=INT");
    }
    signal("-INT");
  }
}
