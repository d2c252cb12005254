package io.ddgan.cli;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.ddgan.config.ConfigKey;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.config.Suggestion;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.ComponentRegistry;
import io.ddgan.plugin.ComponentType;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ddgan describe}: the keys of one component. */
@Command(
    name = "describe",
    description = "Show the keys of a component: type, default, range and meaning.",
    mixinStandardHelpOptions = true)
final class DescribeCommand implements Runnable {

  @Parameters(paramLabel = "KIND.NAME", description = "The component, such as schedule.vp.")
  private String id;

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (Assembly assembly = main.assemble()) {
      ComponentRegistry registry = assembly.get(ComponentRegistry.class);
      ComponentType type = find(registry);
      out.println(type.id() + ": " + type.summary());
      out.println("from " + type.origin());
      Table table = new Table();
      table.row("key", "type", "default", "range", "meaning");
      addKeys(type.type(), registry.defaults(type), "", table);
      out.println();
      table.print(out);
    }
  }

  private ComponentType find(ComponentRegistry registry) {
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
                            "no such component; "
                                + Suggestion.forName(
                                    id, types.stream().map(ComponentType::id).toList())))));
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
}
