package io.ddgan.plugin;

import static java.util.Comparator.comparing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All components that experiments can name, and their defaults. */
public final class ComponentRegistry {

  private final List<ComponentType> types;
  private final Config defaults;

  /**
   * Collects components.
   *
   * @param contributions what plug-ins contribute, by {@link ComponentType#id()}
   * @param defaults all reference configurations, merged
   * @throws PluginException if two plug-ins contribute components of the same name
   */
  public ComponentRegistry(Map<String, Set<ComponentType>> contributions, Config defaults) {
    contributions.values().forEach(ComponentRegistry::requireOne);
    this.types =
        contributions.values().stream()
            .flatMap(Collection::stream)
            .sorted(comparing(ComponentType::kind).thenComparing(ComponentType::name))
            .toList();
    this.defaults = defaults;
  }

  private static void requireOne(Set<ComponentType> namesakes) {
    if (namesakes.size() > 1) {
      ComponentType any = namesakes.iterator().next();
      throw new PluginException(
          "%s '%s' comes from %s: remove one of them"
              .formatted(
                  any.kind().key(),
                  any.name(),
                  namesakes.stream()
                      .map(type -> type.origin() + " (" + type.type().getName() + ")")
                      .sorted()
                      .collect(Collectors.joining(" and from "))));
    }
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
    return object("ddgan.defaults." + type.kind().key() + "." + type.name());
  }

  /** The defaults of everything in an experiment that is not a component. */
  public Config experimentDefaults() {
    return object("ddgan.experiment").toConfig();
  }

  private ConfigObject object(String path) {
    return defaults.hasPath(path) ? defaults.getObject(path) : ConfigFactory.empty().root();
  }
}
