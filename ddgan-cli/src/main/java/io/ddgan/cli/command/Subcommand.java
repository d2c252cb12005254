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

/** A command of {@code ddgan}, which says with picocli's annotations how it is called. */
public abstract class Subcommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** Parses the command's arguments and runs it. */
  public CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    line.getCommandSpec().mixinStandardHelpOptions(true);
    return line;
  }

  final CommandSpec spec() {
    return spec;
  }

  /**
   * Options as they were given, for another process; none of those that were not.
   *
   * @param names options that take one word or none
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

  /** Standard output. */
  public final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Standard error. */
  public final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final void say(String format, Object... values) {
    out().printf(format + "%n", values);
  }

  /** Checks how it is used; {@code otherwise} says what is right. */
  final void require(boolean isRight, String otherwise) {
    require(spec, isRight, otherwise);
  }

  /** The same for options that several commands have. */
  static void require(CommandSpec command, boolean isRight, String otherwise) {
    if (!isRight) {
      throw new ParameterException(command.commandLine(), otherwise);
    }
  }
}
