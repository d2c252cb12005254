package io.ddgan.plugin;

import io.ddgan.api.Command;
import io.ddgan.api.KebabCase;
import io.ddgan.api.TangentRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Collects what a plug-in contributes: components, rules for its networks' operations, and
 * commands.
 */
public final class Contributions {

  private final String origin;
  private final List<RegisteredComponent> types = new ArrayList<>();
  private final Map<String, TangentRule> tangentRules = new LinkedHashMap<>();
  private final List<RegisteredCommand> commands = new ArrayList<>();

  /** Creates an empty collection for a jar or a folder. */
  public Contributions(String origin) {
    this.origin = origin;
  }

  /**
   * Adds a component.
   *
   * @param name its {@code type} in configurations, in kebab-case
   * @param summary one-line description
   * @param type the record of its configuration, which implements the kind's contract
   */
  public void add(ComponentKind kind, String name, String summary, Class<? extends Record> type) {
    requireKebabCase(name, kind.key());
    if (!kind.contract().isAssignableFrom(type)) {
      throw new IllegalArgumentException(
          "%s cannot be the %s '%s': it does not implement %s"
              .formatted(type.getName(), kind.key(), name, kind.contract().getName()));
    }
    types.add(new RegisteredComponent(kind, name, summary, type, origin));
  }

  /**
   * Adds or replaces the forward-mode rule of an operation of SameDiff, such as {@code "sin"}. A
   * gradient penalty needs a rule for every operation in the discriminator.
   */
  public void addTangentRule(String operation, TangentRule rule) {
    if (tangentRules.putIfAbsent(operation, Objects.requireNonNull(rule)) != null) {
      throw new IllegalArgumentException(
          "the operation %s has two tangent rules: remove one of them".formatted(operation));
    }
  }

  /**
   * Adds a command, {@code ddgan <name>}, with a one-line description. The name is in kebab-case.
   */
  public void addCommand(String name, String summary, Command command) {
    requireKebabCase(name, "command");
    commands.add(new RegisteredCommand(name, summary, Objects.requireNonNull(command), origin));
  }

  private static void requireKebabCase(String name, String what) {
    if (!KebabCase.matches(name)) {
      throw new IllegalArgumentException(
          "'%s' cannot be the name of a %s: write it in kebab-case".formatted(name, what));
    }
  }

  /** The plug-in's jar or folder. */
  public String origin() {
    return origin;
  }

  /** The components, in the order in which they were added. */
  public List<RegisteredComponent> types() {
    return List.copyOf(types);
  }

  /** The rules by name of the operation. */
  public Map<String, TangentRule> tangentRules() {
    return Collections.unmodifiableMap(tangentRules);
  }

  /** The commands, in the order in which they were added. */
  public List<RegisteredCommand> commands() {
    return List.copyOf(commands);
  }
}
