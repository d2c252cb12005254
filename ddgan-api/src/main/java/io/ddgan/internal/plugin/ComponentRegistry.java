package io.ddgan.internal.plugin;

import static java.util.Comparator.comparing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.ComponentType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All components that experiments can name, and their defaults. */
public final class ComponentRegistry {

  private final List<ComponentType> types;
  private final Config defaults;

  /** Of what plug-ins contribute, no two of a kind with the same name, and all their defaults. */
  public ComponentRegistry(Collection<ComponentType> types, Config defaults) {
    this.types =
        types.stream()
            .sorted(comparing(ComponentType::kind).thenComparing(ComponentType::name))
            .toList();
    this.defaults = defaults;
  }

  /** The components of a kind, sorted by name. */
  public List<ComponentType> all(ComponentKind kind) {
    return types.stream().filter(type -> type.kind() == kind).toList();
  }

  /** The component that {@code type = name} means. */
  public Optional<ComponentType> find(ComponentKind kind, String name) {
    return all(kind).stream().filter(type -> type.name().equals(name)).findFirst();
  }

  /** What a configured component is called; empty for a record that is no component. */
  public Optional<ComponentType> typeOf(Record component) {
    return types.stream().filter(type -> type.type() == component.getClass()).findFirst();
  }

  /** The defaults of a component's keys. */
  public ConfigObject defaults(ComponentType type) {
    return object(type.defaultsPath());
  }

  /** The defaults of everything in an experiment that is not a component. */
  public Config experimentDefaults() {
    return object("ddgan.experiment").toConfig();
  }

  private ConfigObject object(String path) {
    return defaults.hasPath(path) ? defaults.getObject(path) : ConfigFactory.empty().root();
  }
}
