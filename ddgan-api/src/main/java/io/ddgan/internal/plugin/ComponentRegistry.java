package io.ddgan.internal.plugin;

import static java.util.Comparator.comparing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.RegisteredComponent;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The components that experiments can use, and their defaults. */
public final class ComponentRegistry {

  private final List<RegisteredComponent> types;
  private final Config defaults;

  /** Creates a registry; names are unique within a kind. */
  public ComponentRegistry(Collection<RegisteredComponent> types, Config defaults) {
    this.types =
        types.stream()
            .sorted(comparing(RegisteredComponent::kind).thenComparing(RegisteredComponent::name))
            .toList();
    this.defaults = defaults;
  }

  /** Returns the components of a kind, sorted by name. */
  public List<RegisteredComponent> all(ComponentKind kind) {
    return types.stream().filter(type -> type.kind() == kind).toList();
  }

  /** Returns the component selected by {@code type = name}. */
  public Optional<RegisteredComponent> find(ComponentKind kind, String name) {
    return all(kind).stream().filter(type -> type.name().equals(name)).findFirst();
  }

  /** Returns the type of a configured component; empty for a record that is not a component. */
  public Optional<RegisteredComponent> typeOf(Record component) {
    return types.stream().filter(type -> type.recordClass() == component.getClass()).findFirst();
  }

  /** Returns the defaults of a component's keys. */
  public ConfigObject defaults(RegisteredComponent type) {
    return object(type.defaultsPath());
  }

  /** Returns the defaults of an experiment's keys outside of components. */
  public Config experimentDefaults() {
    return object("ddgan.experiment").toConfig();
  }

  private ConfigObject object(String path) {
    return defaults.hasPath(path) ? defaults.getObject(path) : ConfigFactory.empty().root();
  }
}
