package io.ddgan.spark;

import io.ddgan.spark.job.TrialSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The process of {@code spark-submit} and its messages. */
final class Driver {

  private static final long SECONDS_TO_END = 900;

  /**
   * Ignores the terminal's signals, which reach all processes: the sweep handles them and notifies
   * the driver.
   */
  private static final List<String> IGNORING_SIGNALS =
      List.of("sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\"");

  /** Exit codes of a shell for a program that it cannot run or find. */
  private static final Set<Integer> NO_PROGRAM = Set.of(126, 127);

  /** Errors in the output of Spark and {@code spark-submit}. */
  private static final Pattern ERROR = Pattern.compile("^Error: | ERROR ");

  private final Process process;
  private final String program;
  private final OutputStream line;
  private final Path log;
  private final BlockingQueue<List<String>> messages = new LinkedBlockingQueue<>();
  private final Thread listener = new Thread(this::listen, "spark");

  private Driver(Process process, String program, Path log) {
    this.process = process;
    this.program = program;
    this.line = process.getOutputStream();
    this.log = log;
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * Starts the process.
   *
   * @param log file for Spark's output
   */
  static Driver start(List<String> command, Path log) throws IOException {
    List<String> words = new ArrayList<>(IGNORING_SIGNALS);
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words).redirectError(Redirect.to(log.toFile()));
    return new Driver(builder.start(), command.get(0), log);
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        messages.add(TrialSpec.words(text));
      }
    } catch (IOException e) {
      // the process has ended, which receive() reports
    }
  }

  /** Sends a message. If the process has ended, {@link #receive} reports it. */
  void send(String... words) {
    try {
      line.write((TrialSpec.line(List.of(words)) + "\n").getBytes(StandardCharsets.UTF_8));
      line.flush();
    } catch (IOException e) {
      // it has ended
    }
  }

  /**
   * Returns the messages since the last call.
   *
   * @throws IOException if the process has ended and all messages were returned
   */
  List<List<String>> receive() throws IOException {
    boolean isAlive = process.isAlive() || listener.isAlive(); // first, so no message is missed
    List<List<String>> received = new ArrayList<>();
    messages.drainTo(received);
    if (!isAlive && received.isEmpty()) {
      throw ended(new IOException("exit code " + process.exitValue()));
    }
    return received;
  }

  private IOException ended(IOException cause) throws IOException {
    if (NO_PROGRAM.contains(process.exitValue())) {
      return new IOException(
          "cannot run %s; put Spark's bin folder on the PATH, or set launcher.submit to the command"
              .formatted(program),
          cause);
    }
    Optional<String> error =
        Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
            .filter(line -> ERROR.matcher(line).find())
            .reduce((first, second) -> second);
    return new IOException(
        "Spark's driver has ended%s; see its log %s"
            .formatted(error.map(line -> " (%s)".formatted(line.strip())).orElse(""), log),
        cause);
  }

  /**
   * Makes all trials save and end, and waits for that.
   *
   * @return whether the process ended successfully
   */
  boolean end() {
    try {
      line.close();
    } catch (IOException e) {
      // it has ended
    }
    try {
      if (process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroy();
    return false;
  }
}
