package io.ddgan.app.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The end of what a process prints, in memory: a file would stay behind if this process were
 * killed.
 */
final class Printed {

  private static final int MOST_LINES = 1000;

  private final FutureTask<String> text;

  private Printed(FutureTask<String> text) {
    this.text = text;
  }

  /** Begins to listen. */
  static Printed of(Process process) {
    Printed printed = new Printed(new FutureTask<>(() -> end(process.inputReader())));
    Thread thread = new Thread(printed.text, "listening");
    thread.setDaemon(true);
    thread.start();
    return printed;
  }

  private static String end(BufferedReader lines) throws IOException {
    Deque<String> end = new ArrayDeque<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      end.add(line);
      if (end.size() > MOST_LINES) {
        end.remove();
      }
    }
    return String.join("\n", end);
  }

  /** The last line that says something, of a process that has ended. */
  Optional<String> lastWords() throws IOException, InterruptedException {
    try {
      return LastWords.of(text.get());
    } catch (ExecutionException e) {
      throw new IOException("what the process printed cannot be read: " + e.getCause(), e);
    }
  }
}
