package io.ddgan.web;

import io.ddgan.api.Model;
import io.ddgan.api.RefusedException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * What pages and programs are told of a model.
   *
   * @param folder its folder, whose name is the model's
   */
  static Map<String, Object> facts(Model model, Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", Optional.ofNullable(whole.getFileName()).orElse(whole).toString());
    facts.put("step", model.step());
    facts.put("shape", model.shape().dimensions());
    facts.put("classes", model.classes());
    facts.put("evaluations", model.evaluations());
    facts.put("latentSize", model.latentSize());
    return facts;
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
