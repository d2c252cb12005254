package io.ddgan.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the components that a plug-in contributes. */
public final class Components {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private final String origin;
  private final List<ComponentType> types = new ArrayList<>();

  Components(String origin) {
    this.origin = origin;
  }

  /**
   * Adds a component.
   *
   * @param kind where it can be plugged in
   * @param name its {@code type} in configurations, in kebab-case
   * @param summary what it is, in one line
   * @param type the record that holds its configuration and implements the kind's contract
   * @throws IllegalArgumentException if the name is not in kebab-case, or the record does not
   *     implement the contract
   */
  public void add(ComponentKind kind, String name, String summary, Class<? extends Record> type) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' cannot be the name of a %s: write it in kebab-case".formatted(name, kind.key()));
    }
    if (!kind.contract().isAssignableFrom(type)) {
      throw new IllegalArgumentException(
          "%s cannot be the %s '%s': it does not implement %s"
              .formatted(type.getName(), kind.key(), name, kind.contract().getName()));
    }
    types.add(new ComponentType(kind, name, summary, type, origin));
  }

  List<ComponentType> all() {
    return List.copyOf(types);
  }
}
