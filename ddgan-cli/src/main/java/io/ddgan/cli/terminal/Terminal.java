package io.ddgan.cli.terminal;

import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** What standard output is, and the bars on it. */
public final class Terminal {

  /** The launcher looks, as a program cannot tell on Java 17. */
  private static final String PROPERTY = "ddgan.terminal";

  private Terminal() {}

  /** Whether standard output is a terminal. */
  public static boolean isTerminal() {
    return Boolean.getBoolean(PROPERTY);
  }

  /** A bar of progress. */
  static ProgressBarBuilder bar(String task, long total) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(500);
  }
}
