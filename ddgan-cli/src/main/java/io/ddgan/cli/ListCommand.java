package io.ddgan.cli;

import io.ddgan.cli.library.Library;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.ComponentRegistry;
import io.ddgan.plugin.ComponentType;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ddgan list}: everything that an experiment can name. */
@Command(
    name = "list",
    description = "List presets, sweeps and components.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Runnable {

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Table table = new Table();
    try (Assembly assembly = main.assemble()) {
      show("presets", Library.presets(), table);
      show("sweeps", Library.sweeps(), table);
      ComponentRegistry registry = assembly.get(ComponentRegistry.class);
      for (ComponentKind kind : ComponentKind.values()) {
        List<ComponentType> types = registry.all(kind);
        if (!types.isEmpty()) {
          table.heading(kind.key());
          types.forEach(type -> table.row("  " + type.name(), type.summary()));
        }
      }
    }
    table.print(spec.commandLine().getOut());
  }

  private static void show(String heading, Library library, Table table) {
    table.heading(heading);
    library.names().forEach(name -> table.row("  " + name, library.summary(name)));
  }
}
