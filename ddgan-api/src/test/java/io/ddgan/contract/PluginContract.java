package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.typesafe.config.ConfigObject;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.ConfigKey;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.DdganPlugin;
import io.ddgan.plugin.RegisteredCommand;
import io.ddgan.plugin.RegisteredComponent;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Tests the contract of plug-ins: a plug-in can be found, and its components described and
 * configured. Extend it to test a plug-in on the class path.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PluginContract {

  private Plugins plugins;
  private ComponentRegistry registry;
  private Binder binder;
  private Set<RegisteredCommand> allCommands;

  /** Returns the class of the plug-in. */
  protected abstract Class<? extends DdganPlugin> plugin();

  @BeforeAll
  void load() {
    plugins = Plugins.load(Optional.empty());
    Injector injector = Guice.createInjector(plugins);
    registry = injector.getInstance(ComponentRegistry.class);
    binder = injector.getInstance(Binder.class);
    allCommands = injector.getInstance(new Key<Set<RegisteredCommand>>() {});
  }

  @AfterAll
  void close() {
    plugins.close();
  }

  @Test
  void isListedForTheServiceLoader() {
    assertTrue(
        ServiceLoader.load(DdganPlugin.class).stream().anyMatch(p -> p.type() == plugin()),
        () ->
            "%s is not in META-INF/services/%s"
                .formatted(plugin().getName(), DdganPlugin.class.getName()));
  }

  @Test
  void describesComponentsAndCommandsInOneLine() {
    assertFalse(
        components().isEmpty() && commands().isEmpty(),
        "the plug-in has no components and no commands");
    for (RegisteredCommand command : commands()) {
      assertEquals(1, command.summary().lines().count(), command::name);
      assertTrue(command.command().help().stream().noneMatch(Objects::isNull), command::name);
    }
    for (RegisteredComponent component : components()) {
      assertEquals(1, component.summary().lines().count(), component::id);
    }
  }

  @Test
  void describesEveryKeyWithASupportedType() {
    for (RegisteredComponent component : components()) {
      for (ConfigKey key : ConfigKey.of(component.recordClass())) {
        String name = component.id() + "." + key.name();
        assertFalse(key.meaning().isBlank(), () -> name + " has no @Key with a meaning");
        assertTrue(
            key.isReadable(), () -> "%s has the unsupported type %s".formatted(name, key.type()));
      }
    }
  }

  @Test
  void defaultsHaveKnownKeysAndValidValues() {
    for (RegisteredComponent component : components()) {
      ConfigObject defaults = registry.defaults(component);
      assertEquals(List.of(), wrong(component, defaults), component::id);
    }
  }

  /** Returns the problems of the defaults, except keys that users have to set. */
  private List<String> wrong(RegisteredComponent component, ConfigObject defaults) {
    try {
      binder.bind(component.recordClass(), defaults.toConfig());
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems().stream()
          .filter(problem -> defaults.containsKey(problem.key().split("[.\\[]", 2)[0]))
          .map(Problem::toString)
          .toList();
    }
  }

  private List<RegisteredComponent> components() {
    return Stream.of(ComponentKind.values())
        .flatMap(kind -> registry.all(kind).stream())
        .filter(component -> place(component.recordClass()).equals(place(plugin())))
        .toList();
  }

  private List<RegisteredCommand> commands() {
    return allCommands.stream()
        .filter(command -> place(command.command().getClass()).equals(place(plugin())))
        .toList();
  }

  private static URL place(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
