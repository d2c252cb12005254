package io.ddgan.api;

import java.io.IOException;
import java.util.List;

/**
 * A command that a plug-in adds to {@code ddgan}. It is created whenever the plug-in is loaded, so
 * creating it must have no effect. It may read and write files, compute, and take its time, as
 * Ctrl-C ends it wherever it is; it must not end the process itself.
 */
@FunctionalInterface
public interface Command {

  /**
   * Runs the command.
   *
   * @param arguments what follows the command's name, without the options that all commands have
   * @return the exit code: 0 only if all went well
   * @throws RefusedException if the arguments are wrong; the user sees its message alone, as of an
   *     IOException
   */
  int run(List<String> arguments, CommandContext context) throws IOException, InterruptedException;

  /** Lines about the arguments, for the end of the command's {@code --help}. */
  default List<String> help() {
    return List.of();
  }
}
