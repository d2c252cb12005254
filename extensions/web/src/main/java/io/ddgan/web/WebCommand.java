package io.ddgan.web;

import io.ddgan.api.Command;
import io.ddgan.api.CommandContext;
import io.ddgan.api.Model;
import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A command whose annotated fields are filled by picocli. */
abstract class WebCommand implements Command {

  /** Runs the command once its fields are filled. */
  abstract void run(CommandContext context) throws IOException, InterruptedException;

  @Override
  public final List<String> help() {
    CommandLine.Help help = new CommandLine(this).getHelp();
    return (help.parameterList() + help.optionList()).lines().toList();
  }

  @Override
  public final int run(List<String> arguments, CommandContext context)
      throws IOException, InterruptedException {
    try {
      var unused = new CommandLine(this).parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new RefusedException(e.getMessage(), e);
    }
    run(context);
    return 0;
  }

  /**
   * Returns the description of a model for pages and programs.
   *
   * @param folder its folder, named like the model
   */
  static Map<String, Object> facts(Model model, Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", Optional.ofNullable(whole.getFileName()).orElse(whole).toString());
    facts.put("step", model.step());
    facts.put("shape", model.shape().dimensions());
    facts.put("classes", model.classNames());
    facts.put("networkEvaluations", model.networkEvaluations());
    facts.put("latentSize", model.latentSize());
    return facts;
  }

  /**
   * Checks a condition.
   *
   * @throws RefusedException with the message if the condition does not hold
   */
  static void require(boolean condition, String message) {
    if (!condition) {
      throw new RefusedException(message);
    }
  }
}
