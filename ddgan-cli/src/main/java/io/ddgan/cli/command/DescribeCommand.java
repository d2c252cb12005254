package io.ddgan.cli.command;

import io.ddgan.app.text.Table;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.Suggestion;
import io.ddgan.internal.plugin.ComponentRegistry;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan describe}: the keys of one component, or of everything. */
@Command(
    name = "describe",
    description =
        "Show the keys of a component, an experiment or a sweep: type, default, range, meaning.")
final class DescribeCommand extends Subcommand {

  private final ComponentRegistry registry;

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND.NAME|experiment|sweep",
      description = "The component, such as schedule.vp, or the keys of experiments or sweeps.")
  private Optional<String> id = Optional.empty();

  @Option(names = "--all", description = "All keys that there are, as a page of Markdown.")
  private boolean isAll;

  @Inject
  DescribeCommand(ComponentRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Integer call() {
    require(id.isPresent() != isAll, "name a component, or give --all");
    List<Keyed> all = Keyed.all(registry);
    if (isAll) {
      KeysPage.print(all, out());
    } else {
      print(find(id.orElseThrow(), all));
    }
    return ExitCode.OK;
  }

  private void print(Keyed keyed) {
    say("%s: %s", keyed.id(), keyed.summary());
    if (!keyed.origin().isEmpty()) {
      say("from %s", keyed.origin());
    }
    out().println();
    Table table = new Table();
    table.row(Keyed.COLUMNS);
    keyed.rows().forEach(table::row);
    table.print(out());
  }

  private static Keyed find(String id, List<Keyed> all) {
    List<String> ids = all.stream().map(Keyed::id).toList();
    if (!ids.contains(id)) {
      throw new ConfigurationException(
          new Problem(id, "", "no such component; " + Suggestion.forName(id, ids)));
    }
    return all.get(ids.indexOf(id));
  }
}
