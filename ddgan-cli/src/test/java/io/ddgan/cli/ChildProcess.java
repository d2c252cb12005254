package io.ddgan.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command in a virtual machine of its own. */
final class ChildProcess {

  /** Variables of which a virtual machine says on its standard error that it obeys them. */
  private static final Set<String> JAVA_OPTIONS =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /** For processes that end before they would have been compiled well. */
  private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /** How a process ended, and what it printed on both streams. */
  record Outcome(int exitCode, List<String> lines) {

    /** Of a command in this process. */
    static Outcome here(String... args) {
      StringWriter printed = new StringWriter();
      PrintWriter both = new PrintWriter(printed, true);
      int code = Main.run(both, both, args);
      return new Outcome(code, printed.toString().lines().toList());
    }
  }

  static ChildProcess start(Path folder, String... args) throws IOException {
    return start(folder, List.of(), System.getProperty("java.class.path"), args);
  }

  static ChildProcess start(Path folder, List<String> options, String classPath, String... args)
      throws IOException {
    return start(folder, Map.of(), options, classPath, args);
  }

  /** With additional environment variables. */
  static ChildProcess start(Path folder, Map<String, String> environment, String... args)
      throws IOException {
    return start(folder, environment, List.of(), System.getProperty("java.class.path"), args);
  }

  /** With additional environment variables and options of the virtual machine. */
  static ChildProcess start(
      Path folder, Map<String, String> environment, List<String> options, String... args)
      throws IOException {
    return start(folder, environment, options, System.getProperty("java.class.path"), args);
  }

  private static ChildProcess start(
      Path folder,
      Map<String, String> environment,
      List<String> options,
      String classPath,
      String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String name : List.of("ddgan.cache", "java.util.logging.config.file")) {
      command.add("-D%s=%s".formatted(name, System.getProperty(name)));
    }
    command.addAll(QUICK);
    String path = jarsFirst(classPath);
    Path cache = Path.of(System.getProperty("ddgan.cache", "target/cache")).toAbsolutePath();
    command.add(new ClassArchive(List.copyOf(command), path).option(cache));
    command.addAll(options);
    command.addAll(List.of("-cp", path, Main.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeAll(JAVA_OPTIONS);
    builder.environment().putAll(environment);
    return new ChildProcess(builder.start());
  }

  /** Folders come last, so that the jars before them can be those of an archive of classes. */
  private static String jarsFirst(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator, -1))
        .sorted(Comparator.comparing(entry -> !entry.endsWith(".jar")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  long pid() {
    return process.pid();
  }

  Outcome await() throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output.lines().toList());
  }

  /** The address that a server prints first on a line; lines before it are forgotten. */
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

  /** Ends the process at once, as kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks the process to end, as Ctrl-C does. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }
}
