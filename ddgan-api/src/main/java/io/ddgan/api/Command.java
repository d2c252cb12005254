package io.ddgan.api;

import java.io.IOException;
import java.util.List;

/**
 * A command that a plug-in adds to {@code ddgan}. It is created whenever the plug-in is loaded, so
 * creating it must have no effect. It may read and write files and run for long, because Ctrl-C
 * ends it at any point. It must not end the process itself.
 */
@FunctionalInterface
public interface Command {

  /**
   * Runs the command.
   *
   * @param arguments the arguments after the command's name, without the options common to all
   *     commands
   * @return the exit code: 0 only on success
   * @throws RefusedException if the arguments are wrong; the user sees only its message, as for an
   *     IOException
   */
  int run(List<String> arguments, CommandContext context) throws IOException, InterruptedException;

  /** Lines about the arguments, appended to the command's {@code --help}. */
  default List<String> help() {
    return List.of();
  }
}
