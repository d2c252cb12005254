package io.ddgan.cli.command;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.ddgan.cli.terminal.Table;
import io.ddgan.config.ConfigKey;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.config.Suggestion;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.ComponentRegistry;
import io.ddgan.plugin.ComponentType;
import io.ddgan.train.experiment.Experiment;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddgan describe}: the keys of one component. */
@Command(
    name = "describe",
    description = "Show the keys of a component or an experiment: type, default, range, meaning.",
    mixinStandardHelpOptions = true)
final class DescribeCommand implements Subcommand {

  private static final String EXPERIMENT = "experiment";

  private final ComponentRegistry registry;

  @Parameters(
      paramLabel = "KIND.NAME|experiment",
      description = "The component, such as schedule.vp, or the keys of experiments.")
  private String id;

  @Spec private CommandSpec spec;

  @Inject
  DescribeCommand(ComponentRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Table table = new Table();
    table.row("key", "type", "default", "range", "meaning");
    if (id.equals(EXPERIMENT)) {
      out.println("experiment: everything that determines a run");
      addKeys(Experiment.class, registry.experimentDefaults().root(), "", table);
    } else {
      ComponentType type = find();
      out.println(type.id() + ": " + type.summary());
      out.println("from " + type.origin());
      addKeys(type.type(), registry.defaults(type), "", table);
    }
    out.println();
    table.print(out);
    return ExitCode.OK;
  }

  private ComponentType find() {
    List<ComponentType> types =
        Arrays.stream(ComponentKind.values()).flatMap(kind -> registry.all(kind).stream()).toList();
    return types.stream()
        .filter(type -> type.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    List.of(
                        new Problem(
                            id,
                            "",
                            "no such component; " + Suggestion.forName(id, names(types))))));
  }

  private static void addKeys(
      Class<? extends Record> record, ConfigObject defaults, String prefix, Table table) {
    for (ConfigKey key : ConfigKey.of(record)) {
      ConfigValue value = defaults.get(key.name());
      String name = prefix + key.name();
      if (key.nested().isPresent() && value instanceof ConfigObject object) {
        addKeys(key.nested().get(), object, name + ".", table);
      } else {
        String shown = value == null ? "" : value.render(ConfigRenderOptions.concise());
        table.row(name, key.typeName(), shown, key.range(), key.meaning());
      }
    }
  }

  private static List<String> names(List<ComponentType> types) {
    return Stream.concat(Stream.of(EXPERIMENT), types.stream().map(ComponentType::id)).toList();
  }
}
