package io.ddgan.internal.config;

import com.typesafe.config.Config;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.plugin.ComponentRegistry;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Binds a configuration to records. The keys are the names of the record components in kebab-case.
 * Supported types are integers, numbers, {@linkplain io.ddgan.api.ScheduledValue scheduled values},
 * booleans, strings, enums, paths, records, components of plug-ins ({@code schedule { type = vp,
 * steps = 4 }}, or {@code schedule = vp}), raw {@link com.typesafe.config.ConfigObject}s and {@link
 * com.typesafe.config.ConfigValue}s, and optional values and lists of these. Missing keys of a
 * component take the defaults of its type. A list of components may also be given as a single
 * component, or as null if it is empty.
 */
public final class Binder {

  private final ComponentRegistry registry;

  @Inject
  public Binder(ComponentRegistry registry) {
    this.registry = registry;
  }

  /**
   * Binds a whole configuration to a record. The record's constructor may reject values with a
   * RefusedException.
   *
   * @throws ConfigurationException if anything is wrong; lists every problem
   */
  public <R extends Record> R bind(Class<R> type, Config config) {
    Binding binding = new Binding(registry);
    Optional<Object> bound = binding.root(type, config.root());
    ConfigurationException.throwIfAny(binding.problems());
    return type.cast(bound.orElseThrow());
  }
}
