package io.ddgan.cli.command;

import io.ddgan.app.presets.Presets;
import io.ddgan.app.text.Table;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.RegisteredCommand;
import io.ddgan.plugin.RegisteredComponent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code ddgan list}: lists presets, sweeps, components and plug-in commands. */
@Command(name = "list", description = "List presets, sweeps, components and plug-in commands.")
final class ListCommand extends Subcommand {

  private final ComponentRegistry registry;
  private final Set<RegisteredCommand> commands;

  @Inject
  ListCommand(ComponentRegistry registry, Set<RegisteredCommand> commands) {
    this.registry = registry;
    this.commands = commands;
  }

  @Override
  public Integer call() {
    Table table = new Table();
    show("presets", Presets.presets(), table);
    show("sweeps", Presets.sweeps(), table);
    for (ComponentKind kind : ComponentKind.values()) {
      List<RegisteredComponent> types = registry.all(kind);
      if (!types.isEmpty()) {
        table.heading(kind.key());
        types.forEach(type -> table.row("  " + type.name(), type.summary()));
      }
    }
    if (!commands.isEmpty()) {
      table.heading("command");
      commands.forEach(command -> table.row("  " + command.name(), command.summary()));
    }
    table.print(out());
    return ExitCode.OK;
  }

  private static void show(String heading, Presets library, Table table) {
    table.heading(heading);
    library.names().forEach(name -> table.row("  " + name, library.summary(name)));
  }
}
