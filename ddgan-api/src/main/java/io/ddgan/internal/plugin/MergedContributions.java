package io.ddgan.internal.plugin;

import com.typesafe.config.Config;
import io.ddgan.api.TangentRule;
import io.ddgan.plugin.Contributions;
import io.ddgan.plugin.PluginException;
import io.ddgan.plugin.RegisteredCommand;
import io.ddgan.plugin.RegisteredComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the contributions of plug-ins in order; the first plug-in to use a name owns it. */
final class MergedContributions {

  private final Map<String, String> owners = new HashMap<>();
  final List<RegisteredComponent> types = new ArrayList<>();
  final Map<String, TangentRule> rules = new LinkedHashMap<>();
  final List<RegisteredCommand> commands = new ArrayList<>();
  Config defaults;

  /** Creates an empty collection; the names of the program's own commands are taken. */
  MergedContributions(Config defaults, Set<String> ownCommands) {
    this.defaults = defaults;
    ownCommands.forEach(name -> owners.put(command(name), "ddgan"));
  }

  /**
   * Adds the contributions of one plug-in, all or none of them.
   *
   * @param reference the plug-in's defaults; only those of its own components are used
   * @throws PluginException if a name is taken
   * @throws com.typesafe.config.ConfigException if a component's defaults are not an object
   */
  void add(List<Contributions> all, Config reference) {
    Map<String, String> more = new HashMap<>(owners);
    Config merged = defaults;
    for (Contributions each : all) {
      for (RegisteredComponent type : each.types()) {
        claim("%s '%s'".formatted(type.kind().key(), type.name()), each, more);
        String path = type.defaultsPath();
        if (reference.hasPath(path)) {
          merged = merged.withValue(path, reference.getObject(path));
        }
      }
      for (String operation : each.tangentRules().keySet()) {
        claim("the tangent rule of the operation " + operation, each, more);
      }
      each.commands().forEach(command -> claim(command(command.name()), each, more));
    }
    owners.putAll(more);
    defaults = merged;
    for (Contributions each : all) {
      types.addAll(each.types());
      rules.putAll(each.tangentRules());
      commands.addAll(each.commands());
    }
  }

  private static void claim(String what, Contributions by, Map<String, String> owners) {
    String other = owners.putIfAbsent(what, by.origin());
    if (other != null) {
      throw new PluginException("%s is already provided by %s".formatted(what, other));
    }
  }

  private static String command(String name) {
    return "command '%s'".formatted(name);
  }
}
