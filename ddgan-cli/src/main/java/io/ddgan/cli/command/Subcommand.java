package io.ddgan.cli.command;

import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** A command of {@code ddgan}, which says with picocli's annotations how it is called. */
public interface Subcommand extends Callable<Integer> {

  /** What it is called by. */
  default String name() {
    return getClass().getAnnotation(CommandLine.Command.class).name();
  }

  /** The names of other commands that it calls. */
  default Set<String> calls() {
    return Set.of();
  }

  /** Parses the command's arguments and runs it. */
  default CommandLine commandLine() {
    return new CommandLine(this);
  }
}
