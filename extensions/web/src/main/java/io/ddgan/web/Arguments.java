package io.ddgan.web;

import io.ddgan.api.RefusedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads what stands on the command line after a command, into fields of an object. */
final class Arguments {

  private Arguments() {}

  /**
   * Fills an object's fields.
   *
   * @throws RefusedException if the arguments do not suit; the message says why
   */
  static <T> T read(T options, List<String> arguments) {
    try {
      var unused = new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
      return options;
    } catch (ParameterException e) {
      throw new RefusedException(e.getMessage(), e);
    }
  }

  /** Lines that tell of the fields. */
  static List<String> help(Object options) {
    CommandLine.Help help = new CommandLine(options).getHelp();
    return (help.parameterList() + help.optionList()).lines().toList();
  }

  /** Name of a model: that of its folder, also if the folder was given as a dot. */
  static String nameOf(Path model) {
    Path whole = model.toAbsolutePath().normalize();
    return Optional.ofNullable(whole.getFileName()).orElse(whole).toString();
  }

  /**
   * Refuses what is wrong.
   *
   * @throws RefusedException if the condition does not hold
   */
  static void require(boolean condition, String message) {
    if (!condition) {
      throw new RefusedException(message);
    }
  }
}
