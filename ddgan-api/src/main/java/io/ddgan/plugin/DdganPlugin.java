package io.ddgan.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import io.ddgan.graph.TangentRule;

/**
 * A contribution of components: the framework's own and third parties' alike. A plug-in has a
 * public constructor without arguments and is named in its jar's {@code
 * META-INF/services/io.ddgan.plugin.DdganPlugin}; the jar's {@code reference.conf} holds the
 * defaults of its components under {@code ddgan.defaults.<kind>.<name>}.
 *
 * <pre>{@code
 * public final class CosinePlugin extends DdganPlugin {
 *   public String name() {
 *     return "cosine schedule";
 *   }
 *
 *   protected void components(Components components) {
 *     components.add(ComponentKind.SCHEDULE, "cosine", "Cosine schedule", Cosine.class);
 *   }
 * }
 * }</pre>
 */
public abstract class DdganPlugin extends AbstractModule {

  /** The plug-in's name for people, as in {@code ddgan-schedules}. */
  public abstract String name();

  /** Adds the plug-in's components; must have no other effect. */
  protected abstract void components(Components components);

  /** What the plug-in adds, each component with the plug-in's jar as its origin. */
  final Components contributions() {
    Components components = new Components(Jars.of(getClass()));
    components(components);
    return components;
  }

  @Override
  protected final void configure() {
    MapBinder<String, ComponentType> binder =
        MapBinder.newMapBinder(binder(), String.class, ComponentType.class).permitDuplicates();
    Components contributions = contributions();
    for (ComponentType type : contributions.all()) {
      binder.addBinding(type.id()).toInstance(type);
    }
    MapBinder<String, TangentRule> rules =
        MapBinder.newMapBinder(binder(), String.class, TangentRule.class);
    contributions
        .tangentRules()
        .forEach((operation, rule) -> rules.addBinding(operation).toInstance(rule));
  }
}
