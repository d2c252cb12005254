package io.ddgan.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** A command of {@code ddgan}, described by picocli's annotations. */
public abstract class Subcommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** Returns the command line that parses the arguments and runs the command. */
  public CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    line.getCommandSpec().mixinStandardHelpOptions(true);
    return line;
  }

  final CommandSpec spec() {
    return spec;
  }

  /**
   * Returns the given ones of some options with their values, for another process.
   *
   * @param names options with at most one value
   */
  final List<String> given(String... names) {
    ParseResult parsed = spec.commandLine().getParseResult();
    List<String> words = new ArrayList<>();
    for (String name : names) {
      if (parsed.hasMatchedOption(name)) {
        OptionSpec option = parsed.matchedOption(name);
        if (option.arity().max() == 0) {
          words.add(name);
        } else {
          option.originalStringValues().forEach(value -> words.addAll(List.of(name, value)));
        }
      }
    }
    return words;
  }

  /** Returns standard output. */
  public final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Returns standard error. */
  public final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final void say(String format, Object... values) {
    out().printf(format + "%n", values);
  }

  /** Throws a usage error with the message {@code otherwise} if a condition is false. */
  final void require(boolean isRight, String otherwise) {
    require(spec, isRight, otherwise);
  }

  /** Does the same for options shared by several commands. */
  static void require(CommandSpec command, boolean isRight, String otherwise) {
    if (!isRight) {
      throw new ParameterException(command.commandLine(), otherwise);
    }
  }
}
