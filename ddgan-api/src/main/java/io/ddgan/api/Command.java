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
   * Does what was asked for.
   *
   * @param arguments what stands after the command's name, without the options that all commands
   *     have ({@code --plugins}, {@code --cache}, {@code --stacktrace}, {@code --help})
   * @return the exit code: 0 only if all went well
   * @throws RefusedException if the arguments are wrong; the message, one sentence that says what
   *     to do, is all that the user sees
   * @throws IOException if a file cannot be read or written; the user sees the message alone, too
   */
  int run(List<String> arguments, CommandContext context) throws IOException, InterruptedException;

  /**
   * What the command's {@code --help} shows at its end: lines about the arguments. Asked for only
   * there.
   */
  default List<String> help() {
    return List.of();
  }
}
