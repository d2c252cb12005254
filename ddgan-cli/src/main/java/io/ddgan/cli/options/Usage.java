package io.ddgan.cli.options;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Says how options are used when they are used in another way. */
public final class Usage {

  private Usage() {}

  /**
   * Checks a use.
   *
   * @param command the command that was used
   * @param message says what is right
   * @throws ParameterException if it is wrong
   */
  public static void require(CommandSpec command, boolean isRight, String message) {
    if (!isRight) {
      throw new ParameterException(command.commandLine(), message);
    }
  }
}
