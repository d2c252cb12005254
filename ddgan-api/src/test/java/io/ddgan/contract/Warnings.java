package io.ddgan.contract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What users are warned of. */
public final class Warnings {

  private Warnings() {}

  /** Work that may fail to read or write. */
  @FunctionalInterface
  public interface Work {

    void run() throws IOException;
  }

  /** Those of some work that the calling thread logs itself; others may log meanwhile. */
  public static List<String> of(Work work) throws IOException {
    List<String> warnings = new ArrayList<>();
    long here = Thread.currentThread().getId();
    Handler handler =
        new Handler() {

          @Override
          public void publish(LogRecord log) {
            if (log.getLongThreadID() == here
                && log.getLevel().intValue() >= Level.WARNING.intValue()) {
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
