package io.ddgan.contract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Captures warnings. Tests that use it run alone in the process. */
public final class Warnings {

  private Warnings() {}

  /** Work that may throw an IOException. */
  @FunctionalInterface
  public interface Work {

    void run() throws IOException;
  }

  /** Returns the warnings of some work, from any thread. */
  public static List<String> of(Work work) throws IOException {
    List<String> warnings = new ArrayList<>();
    Handler handler =
        new Handler() {

          @Override
          public void publish(LogRecord log) {
            if (log.getLevel().intValue() >= Level.WARNING.intValue()) {
              warnings.add(log.getMessage());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      work.run();
    } finally {
      root.removeHandler(handler);
    }
    return warnings;
  }
}
