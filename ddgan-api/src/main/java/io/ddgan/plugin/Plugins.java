package io.ddgan.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import com.typesafe.config.Config;
import io.ddgan.graph.TangentRule;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The plug-ins of the class path and of a folder, as a Guice module that provides the {@link
 * ComponentRegistry} and a map of {@link TangentRule}s by operation. Each jar of the folder has a
 * class loader of its own that asks the class path first; closing closes the jars.
 */
public final class Plugins extends AbstractModule implements AutoCloseable {

  private static final String SERVICES = "META-INF/services/" + DdganPlugin.class.getName();

  private final List<DdganPlugin> plugins;
  private final List<URLClassLoader> jars;
  private final Config defaults;

  private Plugins(List<DdganPlugin> plugins, List<URLClassLoader> jars, Config defaults) {
    this.plugins = List.copyOf(plugins);
    this.jars = List.copyOf(jars);
    this.defaults = defaults;
  }

  /**
   * Finds and creates all plug-ins.
   *
   * @param folder folder with plug-in jars, if there is one
   * @throws PluginException if a plug-in cannot be used; the message names its jar
   */
  public static Plugins load(Optional<Path> folder) {
    ClassLoader classPath = Plugins.class.getClassLoader();
    List<DdganPlugin> plugins = new ArrayList<>(onClassPath(classPath));
    List<URLClassLoader> jars = new ArrayList<>();
    List<ClassLoader> loaders = new ArrayList<>(List.of(classPath));
    try {
      for (Path jar : folder.map(Plugins::jars).orElse(List.of())) {
        URLClassLoader loader = open(jar, classPath);
        jars.add(loader);
        loaders.add(loader);
        plugins.addAll(inJar(jar, loader));
      }
      requireContributions(plugins);
      return new Plugins(plugins, jars, ReferenceConfigs.read(loaders));
    } catch (PluginException e) {
      close(jars);
      throw e;
    }
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new PluginException("the plug-in folder cannot be read: " + folder, e);
    }
  }

  private static URLClassLoader open(Path jar, ClassLoader parent) {
    try {
      return new URLClassLoader(
          jar.getFileName().toString(), new URL[] {jar.toUri().toURL()}, parent);
    } catch (IOException e) {
      throw new PluginException("the plug-in jar cannot be read: " + jar, e);
    }
  }

  private static List<DdganPlugin> onClassPath(ClassLoader classPath) {
    try {
      return ServiceLoader.load(DdganPlugin.class, classPath).stream()
          .map(ServiceLoader.Provider::get)
          .toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw unusable(jarThatNames(e.getMessage(), classPath), e);
    }
  }

  private static List<DdganPlugin> inJar(Path jar, URLClassLoader loader) {
    String name = jar.getFileName().toString();
    if (loader.findResource(SERVICES) == null) {
      throw new PluginException(
          name + " is not a plug-in: it has no " + SERVICES + "; remove it from the folder");
    }
    try {
      return ServiceLoader.load(DdganPlugin.class, loader).stream()
          .filter(provider -> provider.type().getClassLoader() == loader)
          .map(ServiceLoader.Provider::get)
          .toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw unusable(name, e);
    }
  }

  private static void requireContributions(List<DdganPlugin> plugins) {
    Map<String, String> rules = new HashMap<>();
    for (DdganPlugin plugin : plugins) {
      String jar = Jars.of(plugin.getClass());
      for (String operation : contributions(plugin).tangentRules().keySet()) {
        String other = rules.putIfAbsent(operation, jar);
        if (other != null) {
          throw new PluginException(
              "the tangent rule of the operation %s comes from %s and from %s: remove one of them"
                  .formatted(operation, other, jar));
        }
      }
    }
  }

  private static Components contributions(DdganPlugin plugin) {
    try {
      return plugin.contributions();
    } catch (RuntimeException | LinkageError e) {
      throw unusable(Jars.of(plugin.getClass()), e);
    }
  }

  private static PluginException unusable(String jar, Throwable e) {
    Throwable reason =
        e instanceof ServiceConfigurationError && e.getCause() != null ? e.getCause() : e;
    return new PluginException(
        "the plug-in %s cannot be used; update or remove it (%s)".formatted(jar, reason), e);
  }

  /** The jar whose list of plug-ins has the one that an error is about. */
  private static String jarThatNames(String message, ClassLoader classPath) {
    try {
      for (URL services : Collections.list(classPath.getResources(SERVICES))) {
        try (InputStream in = services.openStream()) {
          String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          if (text.lines().anyMatch(l -> !l.isBlank() && message.contains(l.strip()))) {
            return Jars.holding(services, SERVICES);
          }
        }
      }
      return "on the class path";
    } catch (IOException e) {
      throw new PluginException("the class path cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  protected void configure() {
    MapBinder.newMapBinder(binder(), String.class, ComponentType.class).permitDuplicates();
    MapBinder.newMapBinder(binder(), String.class, TangentRule.class);
    plugins.forEach(this::install);
  }

  @Provides
  @Singleton
  ComponentRegistry registry(Map<String, Set<ComponentType>> contributions) {
    return new ComponentRegistry(contributions, defaults);
  }

  @Override
  public void close() {
    close(jars);
  }

  private static void close(List<URLClassLoader> jars) {
    for (URLClassLoader jar : jars) {
      try {
        jar.close();
      } catch (IOException e) {
        throw new PluginException("cannot close " + jar.getName(), e);
      }
    }
  }
}
