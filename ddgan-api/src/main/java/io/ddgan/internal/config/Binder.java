package io.ddgan.internal.config;

import com.typesafe.config.Config;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.plugin.ComponentRegistry;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Turns a configuration into records. The components of a record are its keys, in kebab-case; they
 * may be integers, numbers, {@linkplain io.ddgan.api.ScheduledValue numbers that change}, booleans,
 * strings, enums, paths, other records, components that a plug-in provides ({@code schedule { type
 * = vp, steps = 4 }}, or {@code schedule = vp}), objects and values as they are ({@link
 * com.typesafe.config.ConfigObject}, {@link com.typesafe.config.ConfigValue}), and optional values
 * and lists of these. The defaults of a component's type fill the keys that are not given. For a
 * list of components there may be a single one, or null for none.
 */
public final class Binder {

  private final ComponentRegistry registry;

  @Inject
  public Binder(ComponentRegistry registry) {
    this.registry = registry;
  }

  /**
   * Binds a whole configuration to a record, which may refuse the values by a RefusedException.
   *
   * @throws ConfigurationException if anything is wrong; it names every problem
   */
  public <R extends Record> R bind(Class<R> type, Config config) {
    Binding binding = new Binding(registry);
    Optional<Object> bound = binding.root(type, config.root());
    ConfigurationException.throwIfAny(binding.problems());
    return type.cast(bound.orElseThrow());
  }
}
