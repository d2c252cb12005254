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

/** The process of {@code spark-submit}, and what is said between it and the sweep. */
final class Driver {

  private static final long SECONDS_TO_END = 900;

  /**
   * A terminal sends its signals to all processes that it has started; the sweep hears them, and
   * tells the driver what comes of them.
   */
  private static final List<String> DEAF =
      List.of("sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\"");

  /** What a shell reports of a program that it cannot run, or does not find. */
  private static final Set<Integer> NO_PROGRAM = Set.of(126, 127);

  /** Of Spark's log, and of {@code spark-submit}. */
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
   * @param log takes what Spark tells of its work
   */
  static Driver start(List<String> command, Path log) throws IOException {
    List<String> words = new ArrayList<>(DEAF);
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
      // the process has ended, which is seen otherwise
    }
  }

  /** Tells it something; that it has ended, and why, is heard of it. */
  void tell(String... words) {
    try {
      line.write((TrialSpec.line(List.of(words)) + "\n").getBytes(StandardCharsets.UTF_8));
      line.flush();
    } catch (IOException e) {
      // it has ended
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

  private IOException ended(IOException cause) throws IOException {
    if (NO_PROGRAM.contains(process.exitValue())) {
      return new IOException(
          "%s does not start; the launcher spark needs Spark, with its bin folder on the PATH or the command as launcher.submit"
              .formatted(program),
          cause);
    }
    Optional<String> error =
        Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
            .filter(line -> ERROR.matcher(line).find())
            .reduce((first, second) -> second);
    return new IOException(
        "Spark's driver has ended%s; all that it said is in %s"
            .formatted(error.map(line -> " (%s)".formatted(line.strip())).orElse(""), log),
        cause);
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
