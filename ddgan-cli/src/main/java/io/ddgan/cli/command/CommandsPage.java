package io.ddgan.cli.command;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Prints all commands with their arguments and options as a Markdown page. */
final class CommandsPage {

  private static final String INTRODUCTION =
      """
      # Commands

      This page is generated: do not edit it; run `./ddgan describe --commands > docs/reference/commands.md`.
      `./ddgan COMMAND --help` prints the same for one command.

      [Exit codes](files.md#exit-codes) are the same for all commands.

      ## Options of every command
      """;

  private CommandsPage() {}

  static void print(CommandSpec root, PrintWriter out) {
    out.println(INTRODUCTION);
    printTable(root, Set.of(), out);
    Set<String> common = root.optionsMap().keySet();
    for (CommandSpec command :
        root.subcommands().values().stream().map(CommandLine::getCommandSpec).toList()) {
      if (command.name().equals("help")) {
        continue; // picocli's own
      }
      out.printf("%n## %s%n%n%s%n", command.name(), text(command.usageMessage().description()));
      String arguments =
          command.positionalParameters().stream()
              .map(CommandsPage::argument)
              .collect(Collectors.joining());
      out.printf("%n```%nddgan %s [OPTION...]%s%n```%n%n", command.name(), arguments);
      if (command.userObject() instanceof PluginSubcommand plugin) {
        out.printf("```%n%s```%n", plugin.help());
      } else {
        printTable(command, common, out);
      }
    }
  }

  private static void printTable(CommandSpec command, Set<String> common, PrintWriter out) {
    out.printf("| argument or option | meaning |%n| --- | --- |%n");
    Stream<OptionSpec> options =
        command.options().stream()
            .filter(option -> !common.contains(option.longestName()) && !option.hidden())
            .sorted(Comparator.comparing(OptionSpec::longestName));
    Stream.concat(command.positionalParameters().stream(), options)
        .forEach(each -> out.printf("| `%s` | %s |%n", name(each), text(each.description())));
  }

  private static String name(ArgSpec argument) {
    String label = argument.paramLabel().replace("|", "\\|");
    if (!(argument instanceof OptionSpec option)) {
      return label;
    }
    String names = String.join("`, `", option.names());
    names = option.negatable() ? names.replace("--", "--[no-]") : names;
    return option.arity().max() == 0 ? names : names + " " + label;
  }

  private static String argument(PositionalParamSpec argument) {
    String label = argument.paramLabel() + (argument.arity().max() > 1 ? "..." : "");
    return argument.arity().min() == 0 ? " [%s]".formatted(label) : " " + label;
  }

  private static String text(String... lines) {
    return String.join(" ", lines).replace("|", "\\|").replace("<", "&lt;");
  }
}
