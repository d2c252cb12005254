package io.ddgan.internal.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ddgan.api.TangentRule;
import io.ddgan.plugin.Contributions;
import io.ddgan.plugin.DdganPlugin;
import io.ddgan.plugin.PluginException;
import io.ddgan.plugin.RegisteredCommand;
import io.ddgan.plugin.RegisteredComponent;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The plug-ins on the class path and in a folder: a Guice module that provides the {@link
 * ComponentRegistry}, a map of {@link TangentRule}s by operation, and sets of {@link
 * RegisteredCommand}s and {@link PluginOrigin}s.
 *
 * <p>Each jar in the folder is a plug-in. Each folder of jars in it is a plug-in with its bundled
 * libraries. Each plug-in has its own class loader; {@link #close} closes the jars.
 */
public final class Plugins extends AbstractModule implements AutoCloseable {

  private static final String SERVICES = "META-INF/services/" + DdganPlugin.class.getName();
  private static final ClassLoader CLASS_PATH = Plugins.class.getClassLoader();

  private final MergedContributions contributions;
  private final List<PluginClassLoader> loaders = new ArrayList<>();
  private final List<RejectedPlugin> rejected = new ArrayList<>();
  private final List<PluginOrigin> origins = new ArrayList<>();

  private Plugins(MergedContributions contributions) {
    this.contributions = contributions;
  }

  /** Finds and creates all plug-ins, for a program without commands. */
  public static Plugins load(Optional<Path> folder) {
    return load(folder, Set.of());
  }

  /**
   * Finds and creates all plug-ins. A plug-in in the folder that cannot be loaded is rejected, and
   * so is one that uses a name already taken by another plug-in or by a command of the program.
   *
   * @throws PluginException if the folder cannot be read, or a plug-in on the class path cannot be
   *     loaded
   */
  public static Plugins load(Optional<Path> folder, Set<String> ownCommands) {
    Plugins plugins = new Plugins(new MergedContributions(classPathsDefaults(), ownCommands));
    plugins.addClassPath();
    folder.map(Plugins::entries).orElse(List.of()).forEach(plugins::tryAdd);
    return plugins;
  }

  /** Returns the rejected plug-ins of the folder, by name. */
  public List<RejectedPlugin> rejected() {
    return List.copyOf(rejected);
  }

  /** Returns the jars of all loaded plug-ins and of their bundled libraries. */
  public List<PluginOrigin> origins() {
    return List.copyOf(origins);
  }

  /** Returns the commands of all loaded plug-ins. */
  public List<RegisteredCommand> commands() {
    return List.copyOf(contributions.commands);
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new PluginException("cannot read the plug-in folder " + folder, e);
    }
  }

  private static Config classPathsDefaults() {
    try {
      return ReferenceConfigs.read(CLASS_PATH.getResources(ReferenceConfigs.NAME));
    } catch (IOException e) {
      throw new PluginException("cannot read the class path: " + e.getMessage(), e);
    }
  }

  private void addClassPath() {
    try {
      for (DdganPlugin plugin : ServiceLoader.load(DdganPlugin.class, CLASS_PATH)) {
        Class<?> type = plugin.getClass();
        contributions.add(List.of(plugin.contributions(Jars.of(type))), ConfigFactory.empty());
        Jars.place(type).ifPresent(place -> origins.add(new PluginOrigin(plugin.name(), place)));
      }
    } catch (ServiceConfigurationError | LinkageError | PluginException e) {
      throw new PluginException(
          "cannot load a plug-in on the class path (%s); update or remove it".formatted(reason(e)),
          e);
    }
  }

  /** Returns the cause, without Java's wrappers around it. */
  private static Throwable reason(Throwable e) {
    boolean isWrapper =
        e instanceof ServiceConfigurationError || e instanceof ExceptionInInitializerError;
    return isWrapper && e.getCause() != null ? reason(e.getCause()) : e;
  }

  private void tryAdd(Path path) {
    String name = path.getFileName().toString();
    try {
      List<Path> jars = jars(path);
      if (!jars.isEmpty()) {
        add(name, jars);
      }
    } catch (Exception | Error e) { // a plug-in may throw anything
      rejected.add(new RejectedPlugin(name, reason(e)));
    }
  }

  private void add(String name, List<Path> jars) throws IOException {
    PluginClassLoader loader = new PluginClassLoader(name, urls(jars), CLASS_PATH);
    try {
      contributions.add(
          contributionsOf(name, loader),
          ReferenceConfigs.read(loader.findResources(ReferenceConfigs.NAME)));
    } catch (Exception | Error e) {
      loader.close();
      throw e;
    }
    loaders.add(loader);
    jars.forEach(jar -> origins.add(new PluginOrigin(name, jar)));
  }

  /** Returns the jar itself, or the jars in a folder. */
  private static List<Path> jars(Path path) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (Stream<Path> files = Files.walk(path, 1)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
        requireJar(file);
        jars.add(file);
      }
    }
    return jars;
  }

  private static void requireJar(Path file) {
    try {
      new JarFile(file.toFile()).close();
    } catch (IOException e) {
      throw new PluginException(file.getFileName() + " is not a jar: " + e.getMessage(), e);
    }
  }

  private static List<URL> urls(List<Path> jars) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    return urls;
  }

  private static List<Contributions> contributionsOf(String name, PluginClassLoader loader) {
    List<Contributions> all =
        ServiceLoader.load(DdganPlugin.class, loader).stream()
            .filter(provider -> provider.type().getClassLoader() == loader)
            .map(provider -> provider.get().contributions(name))
            .toList();
    if (all.isEmpty()) {
      throw new PluginException("it lists no plug-in in " + SERVICES);
    }
    all.forEach(components -> components.types().forEach(Plugins::requireTypesOfKeys));
    return all;
  }

  /** Fails if a key's type is missing, which would otherwise break the list of components. */
  private static void requireTypesOfKeys(RegisteredComponent type) {
    RecordComponent[] unused = type.recordClass().getRecordComponents();
  }

  @Override
  protected void configure() {
    MapBinder<String, TangentRule> rules =
        MapBinder.newMapBinder(binder(), String.class, TangentRule.class);
    contributions.rules.forEach((op, rule) -> rules.addBinding(op).toInstance(rule));
    Multibinder<RegisteredCommand> commands =
        Multibinder.newSetBinder(binder(), RegisteredCommand.class);
    contributions.commands.forEach(command -> commands.addBinding().toInstance(command));
    Multibinder<PluginOrigin> places = Multibinder.newSetBinder(binder(), PluginOrigin.class);
    origins.stream().distinct().forEach(origin -> places.addBinding().toInstance(origin));
  }

  @Provides
  @Singleton
  ComponentRegistry registry() {
    return new ComponentRegistry(contributions.types, contributions.defaults);
  }

  @Override
  public void close() {
    for (PluginClassLoader loader : loaders) {
      try {
        loader.close();
      } catch (IOException e) {
        throw new PluginException("cannot close " + loader.getName(), e);
      }
    }
  }
}
