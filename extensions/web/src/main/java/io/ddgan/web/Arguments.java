package io.ddgan.web;

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
   * @throws IllegalArgumentException if the arguments do not suit; the message says why
   */
  static <T> T read(T options, List<String> arguments) {
    try {
      var unused = new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
      return options;
    } catch (ParameterException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Lines that tell of the fields. */
  static List<String> help(Object options) {
    CommandLine.Help help = new CommandLine(options).getHelp();
    return (help.parameterList() + help.optionList()).lines().toList();
  }

  /** What a run or a model is called: the name of its folder, also if that was given as a dot. */
  static String nameOf(Path run) {
    Path whole = run.toAbsolutePath().normalize();
    return Optional.ofNullable(whole.getFileName()).orElse(whole).toString();
  }

  /**
   * Refuses what is no port.
   *
   * @throws IllegalArgumentException if it is none; 0 stands for any that is free
   */
  static void requirePort(int port) {
    require(port >= 0 && port <= 65535, "--port is from 0 to 65535");
  }

  /**
   * Refuses an empty name of a run or a model.
   *
   * @throws IllegalArgumentException if it is empty
   */
  static void requireName(Path run) {
    require(!run.toString().isBlank(), "an empty name names no file or folder");
  }

  /**
   * Refuses what is wrong.
   *
   * @throws IllegalArgumentException if the condition does not hold
   */
  static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
