package io.ddgan.cli.process;

import io.ddgan.file.FileErrors;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A ddgan command in a virtual machine of its own, with the options of this one. It ends in good
 * order when this process stops it, and when this process ends, however that happens.
 */
public final class Child implements AutoCloseable {

  /** Properties that the launcher or a test sets, in whatever way. */
  private static final List<String> PROPERTIES =
      List.of(
          "ddgan.plugins",
          "ddgan.cache",
          "guice_bytecode_gen_option",
          "java.awt.headless",
          "java.util.logging.config.file",
          "org.bytedeco.javacpp.maxphysicalbytes");

  private final Process process;
  private final Path log;
  private final long start;

  private Child(Process process, Path log, long start) {
    this.process = process;
    this.log = log;
    this.start = start;
  }

  /**
   * Starts a command.
   *
   * @param arguments the command line behind {@code ddgan}
   * @param log file to which the command's output is appended
   * @throws IOException if the log cannot be written, or the process not started
   */
  public static Child start(List<String> arguments, Share share, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options(share));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.ddgan.cli.Main"));
    command.addAll(arguments);
    long start = length(log);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    share.apply(builder.environment());
    return new Child(builder.start(), log, start);
  }

  private static List<String> options(Share share) {
    List<String> options = new ArrayList<>();
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-X"))
        .forEach(options::add);
    options.add(share.heapOption());
    options.add("-D" + Lifeline.PROPERTY + "=true");
    for (String name : PROPERTIES) {
      String value = System.getProperty(name);
      if (value != null) {
        options.add("-D" + name + "=" + value);
      }
    }
    return options;
  }

  private static long length(Path log) throws IOException {
    try {
      Files.write(log, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return Files.size(log);
    } catch (IOException e) {
      throw FileErrors.writing(log, e);
    }
  }

  /**
   * How much is in the log, in bytes.
   *
   * @throws IOException if that cannot be found out
   */
  public long printed() throws IOException {
    try {
      return Files.size(log);
    } catch (IOException e) {
      throw FileErrors.reading(log, e);
    }
  }

  /**
   * What the command has printed so far.
   *
   * @throws IOException if the log cannot be read
   */
  public List<String> lines() throws IOException {
    try (var in = Files.newInputStream(log)) {
      in.skipNBytes(start);
      return new String(in.readAllBytes(), Charset.defaultCharset()).lines().toList();
    } catch (IOException e) {
      throw FileErrors.reading(log, e);
    }
  }

  /** Asks the command to end; a training saves its state first. */
  public void stop() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits for the end.
   *
   * @return the exit code
   */
  public int await() throws InterruptedException {
    return process.waitFor();
  }

  /** Stops the command if it runs, and waits for its end. */
  @Override
  public void close() {
    stop();
    process.onExit().join();
  }
}
