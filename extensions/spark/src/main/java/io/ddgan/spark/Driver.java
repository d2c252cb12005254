package io.ddgan.spark;

import io.ddgan.spark.job.Words;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The process of {@code spark-submit}, and what is said between it and the sweep. */
final class Driver {

  private static final long SECONDS_TO_END = 120;

  private final Process process;
  private final OutputStream line;
  private final Path log;
  private final BlockingQueue<List<String>> messages = new LinkedBlockingQueue<>();
  private final Thread listener = new Thread(this::listen, "spark");

  private Driver(Process process, Path log) {
    this.process = process;
    this.line = process.getOutputStream();
    this.log = log;
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * Starts the process.
   *
   * @param log takes what Spark tells of its work
   * @throws IOException if there is no such command
   */
  static Driver start(List<String> command, Path log) throws IOException {
    try {
      return new Driver(
          new ProcessBuilder(command).redirectError(Redirect.to(log.toFile())).start(), log);
    } catch (IOException e) {
      Files.deleteIfExists(log);
      throw new IOException(
          "%s does not start; the launcher spark needs Spark, with its bin folder on the PATH or the command as launcher.submit"
              .formatted(command.get(0)),
          e);
    }
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        messages.add(Words.of(text));
      }
    } catch (IOException e) {
      // the process has ended, which is seen otherwise
    }
  }

  /** Tells it something. */
  void tell(String... words) throws IOException {
    try {
      line.write((Words.line(List.of(words)) + "\n").getBytes(StandardCharsets.UTF_8));
      line.flush();
    } catch (IOException e) {
      throw ended(e);
    }
  }

  /**
   * What it has said since the last time.
   *
   * @throws IOException if it has ended and will say nothing more
   */
  List<List<String>> heard() throws IOException {
    boolean isAlive =
        process.isAlive() || listener.isAlive(); // asked first: then nothing is missed
    List<List<String>> heard = new ArrayList<>();
    messages.drainTo(heard);
    if (!isAlive && heard.isEmpty()) {
      throw ended(new IOException("exit code " + process.exitValue()));
    }
    return heard;
  }

  private IOException ended(IOException cause) {
    return new IOException(
        "Spark's driver has ended%s; all that it said is in %s".formatted(lastError(), log), cause);
  }

  /** Spark's last words of what went wrong; those of its virtual machine come after them. */
  private String lastError() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      return last(lines, " ERROR ")
          .or(() -> last(lines, "Exception in thread"))
          .map(text -> " (%s)".formatted(text.strip()))
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<String> last(List<String> lines, String mark) {
    return lines.stream().filter(text -> text.contains(mark)).reduce((first, second) -> second);
  }

  /**
   * Lets all trials save and end, and waits for that.
   *
   * @return whether it has ended as it should
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
