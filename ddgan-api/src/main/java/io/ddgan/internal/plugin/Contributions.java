package io.ddgan.internal.plugin;

import com.typesafe.config.Config;
import io.ddgan.api.TangentRule;
import io.ddgan.plugin.ComponentType;
import io.ddgan.plugin.Components;
import io.ddgan.plugin.PluginCommand;
import io.ddgan.plugin.PluginException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What plug-ins add, one after another: a name belongs to the first that takes it. */
final class Contributions {

  private Map<String, ComponentType> types = new LinkedHashMap<>();
  private Map<String, Rule> rules = new LinkedHashMap<>();
  private Map<String, PluginCommand> commands = new LinkedHashMap<>();
  private Config defaults;
  private final Set<String> ownCommands;

  private record Rule(TangentRule rule, String origin) {}

  /**
   * None yet.
   *
   * @param defaults the framework's
   * @param ownCommands names of the framework's own commands
   */
  Contributions(Config defaults, Set<String> ownCommands) {
    this.defaults = defaults;
    this.ownCommands = ownCommands;
  }

  /**
   * Adds what comes from one place: everything or nothing.
   *
   * @param reference the place's defaults, of which those of its own components are taken
   * @throws PluginException if a name is taken
   * @throws com.typesafe.config.ConfigException if a component's defaults are not an object
   */
  void add(List<Components> all, Config reference) {
    Map<String, ComponentType> moreTypes = new LinkedHashMap<>(types);
    Map<String, Rule> moreRules = new LinkedHashMap<>(rules);
    Map<String, PluginCommand> moreCommands = new LinkedHashMap<>(commands);
    Config moreDefaults = defaults;
    for (Components components : all) {
      for (ComponentType type : components.all()) {
        ComponentType other = moreTypes.putIfAbsent(type.id(), type);
        if (other != null) {
          throw new PluginException(
              "%s '%s' comes from %s already"
                  .formatted(type.kind().key(), type.name(), other.origin()));
        }
        String path = type.defaultsPath();
        if (reference.hasPath(path)) {
          moreDefaults = moreDefaults.withValue(path, reference.getObject(path));
        }
      }
      for (Map.Entry<String, TangentRule> entry : components.tangentRules().entrySet()) {
        Rule other =
            moreRules.putIfAbsent(entry.getKey(), new Rule(entry.getValue(), components.origin()));
        if (other != null) {
          throw new PluginException(
              "the tangent rule of the operation %s comes from %s already"
                  .formatted(entry.getKey(), other.origin()));
        }
      }
      for (PluginCommand command : components.commands()) {
        if (ownCommands.contains(command.name())) {
          throw new PluginException("command '%s' is ddgan's own".formatted(command.name()));
        }
        PluginCommand other = moreCommands.putIfAbsent(command.name(), command);
        if (other != null) {
          throw new PluginException(
              "command '%s' comes from %s already".formatted(command.name(), other.origin()));
        }
      }
    }
    types = moreTypes;
    rules = moreRules;
    commands = moreCommands;
    defaults = moreDefaults;
  }

  Collection<ComponentType> types() {
    return types.values();
  }

  Map<String, TangentRule> rules() {
    Map<String, TangentRule> byOperation = new LinkedHashMap<>();
    rules.forEach((operation, rule) -> byOperation.put(operation, rule.rule()));
    return byOperation;
  }

  Collection<PluginCommand> commands() {
    return commands.values();
  }

  Config defaults() {
    return defaults;
  }
}
