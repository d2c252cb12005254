package io.ddgan.cli.command;

import io.ddgan.app.text.Table;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.Suggestion;
import io.ddgan.internal.plugin.ComponentRegistry;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan describe}: the keys of one component, or of everything. */
@Command(
    name = "describe",
    description =
        "Show the keys of a component, an experiment or a sweep: type, default, range, meaning.",
    mixinStandardHelpOptions = true)
final class DescribeCommand implements Subcommand {

  private final ComponentRegistry registry;

  @ArgGroup(multiplicity = "1")
  private Asked asked;

  @Spec private CommandSpec spec;

  @Inject
  DescribeCommand(ComponentRegistry registry) {
    this.registry = registry;
  }

  private static final class Asked {

    @Parameters(
        paramLabel = "KIND.NAME|experiment|sweep",
        description = "The component, such as schedule.vp, or the keys of experiments or sweeps.")
    private String id;

    @Option(names = "--all", description = "All keys that there are, as a page of Markdown.")
    private boolean isAll;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Keyed> all = Keyed.all(registry);
    if (asked.isAll) {
      new KeysPage(out).print(all);
    } else {
      print(find(asked.id, all), out);
    }
    return ExitCode.OK;
  }

  private static void print(Keyed keyed, PrintWriter out) {
    out.println(keyed.id() + ": " + keyed.summary());
    keyed.origin().ifPresent(origin -> out.println("from " + origin));
    out.println();
    Table table = new Table();
    table.row(Keyed.COLUMNS.toArray(String[]::new));
    keyed.rows().forEach(row -> table.row(row.toArray(String[]::new)));
    table.print(out);
  }

  private static Keyed find(String id, List<Keyed> all) {
    return all.stream()
        .filter(keyed -> keyed.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> ids = all.stream().map(Keyed::id).toList();
              return new ConfigurationException(
                  new Problem(id, "", "no such component; " + Suggestion.forName(id, ids)));
            });
  }
}
