package io.ddgan.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;

/** A command of {@code ddgan}, which says with picocli's annotations how it is called. */
public interface Subcommand extends Callable<Integer> {

  /** Parses the command's arguments and runs it. */
  default CommandLine commandLine() {
    return new CommandLine(this);
  }
}
