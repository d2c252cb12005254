package io.ddgan.app.training;

import io.ddgan.internal.file.FileErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Appends all log records to a run's file. */
final class RunLog implements AutoCloseable {

  private final Logger root = Logger.getLogger("");
  private final FileHandler handler;

  private RunLog(FileHandler handler) {
    this.handler = handler;
    handler.setFormatter(new SimpleFormatter());
    handler.setLevel(Level.INFO);
    handler.setErrorManager(new Silence());
    root.addHandler(handler);
  }

  static RunLog open(Path file) throws IOException {
    try {
      return new RunLog(new FileHandler(file.toString().replace("%", "%%"), true));
    } catch (IOException e) {
      throw FileErrors.writing(file, e);
    }
  }

  /** Logs how the training starts; the user sees it elsewhere. */
  void started(String text) {
    publish(new LogRecord(Level.INFO, text));
  }

  /** Logs the stack trace of a failure; the user sees only its message. */
  void failed(Throwable e) {
    LogRecord entry = new LogRecord(Level.SEVERE, "training failed");
    entry.setThrown(e);
    publish(entry);
  }

  private void publish(LogRecord entry) {
    entry.setLoggerName(RunLog.class.getName());
    handler.publish(entry);
  }

  /** Ignores errors of the log file, which must not end or hide the error of a training. */
  private static final class Silence extends ErrorManager {

    @Override
    public synchronized void error(String message, Exception cause, int code) {}
  }

  @Override
  public void close() {
    root.removeHandler(handler);
    handler.close();
  }
}
