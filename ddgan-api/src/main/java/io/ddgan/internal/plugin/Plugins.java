package io.ddgan.internal.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ddgan.api.TangentRule;
import io.ddgan.internal.plugin.Beside.OverrunException;
import io.ddgan.plugin.ComponentType;
import io.ddgan.plugin.Components;
import io.ddgan.plugin.DdganPlugin;
import io.ddgan.plugin.PluginCommand;
import io.ddgan.plugin.PluginException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The plug-ins of the class path and of a folder, as a Guice module that provides the {@link
 * ComponentRegistry}, a map of {@link TangentRule}s by operation, and sets of {@link
 * PluginCommand}s and {@link PluginOrigin}s.
 *
 * <p>Each jar in the folder is a plug-in, and so is each folder of jars in it: a plug-in and the
 * libraries that it brings along. Each has a class loader of its own; closing closes the jars.
 */
public final class Plugins extends AbstractModule implements AutoCloseable {

  private static final String SERVICES = "META-INF/services/" + DdganPlugin.class.getName();
  private static final ClassLoader CLASS_PATH = Plugins.class.getClassLoader();

  /** How long a plug-in may take to say what it adds, and how long of it in silence. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration SILENCE = Duration.ofSeconds(3);

  private final Contributions contributions;
  private final Beside beside;
  private final List<PluginClassLoader> loaders = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<PluginOrigin> origins = new ArrayList<>();

  private Plugins(Contributions contributions, Beside beside) {
    this.contributions = contributions;
    this.beside = beside;
  }

  /** No plug-ins, and so no components, not even the framework's. */
  public static Plugins none() {
    return new Plugins(
        new Contributions(ConfigFactory.empty(), Set.of()), new Beside(SILENCE, PATIENCE, n -> {}));
  }

  /**
   * Finds and creates all plug-ins, for a program without commands of its own.
   *
   * @param folder folder with plug-ins, if there is one
   * @throws PluginException if the folder cannot be read, or a plug-in of the class path cannot be
   *     used; the message names its jar
   */
  public static Plugins load(Optional<Path> folder) {
    return load(folder, Set.of());
  }

  /** As the other, without a word about plug-ins that take long. */
  public static Plugins load(Optional<Path> folder, Set<String> ownCommands) {
    return load(folder, ownCommands, news -> {});
  }

  /**
   * Finds and creates all plug-ins. One of the folder that cannot be used is left out, also one
   * that adds what another one has added before it.
   *
   * @param folder folder with plug-ins, if there is one
   * @param ownCommands names of the program's own commands, which no plug-in can take
   * @param news told, in a sentence, of a plug-in that takes long
   * @throws PluginException if the folder cannot be read, a plug-in of the class path cannot be
   *     used, or any plug-in does not come to its end or fills the memory; the message names its
   *     jar
   */
  public static Plugins load(
      Optional<Path> folder, Set<String> ownCommands, Consumer<String> news) {
    return load(folder, ownCommands, new Beside(SILENCE, PATIENCE, news));
  }

  /** The same with another patience. */
  static Plugins load(Optional<Path> folder, Set<String> ownCommands, Beside beside) {
    Plugins plugins = new Plugins(new Contributions(classPathsDefaults(), ownCommands), beside);
    plugins.addClassPath();
    folder.map(Plugins::entries).orElse(List.of()).forEach(plugins::addOrLeaveOut);
    return plugins;
  }

  /** The plug-ins of the folder that cannot be used, by name. */
  public List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  /** The jars of all plug-ins in use, with those of the libraries that they bring along. */
  public List<PluginOrigin> origins() {
    return List.copyOf(origins);
  }

  /** The commands of all plug-ins in use. */
  public List<PluginCommand> commands() {
    return List.copyOf(contributions.commands());
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new PluginException("the plug-in folder cannot be read: " + folder, e);
    }
  }

  private static Config classPathsDefaults() {
    try {
      return ReferenceConfigs.read(CLASS_PATH.getResources(ReferenceConfigs.NAME));
    } catch (IOException e) {
      throw new PluginException("the class path cannot be read: " + e.getMessage(), e);
    }
  }

  private void addClassPath() {
    for (ServiceLoader.Provider<DdganPlugin> provider : onClassPath()) {
      Class<?> type = provider.type();
      String jar = Jars.of(type);
      try {
        Loaded loaded = beside.call(jar, () -> Loaded.by(provider, jar));
        contributions.add(List.of(loaded.components()), ConfigFactory.empty());
        Jars.place(type).ifPresent(place -> origins.add(new PluginOrigin(loaded.name(), place)));
      } catch (OverrunException e) {
        throw unusable(jar, e.getMessage(), e);
      } catch (Exception | Error e) {
        throw unusable(jar, reason(e), e);
      }
    }
  }

  private static List<ServiceLoader.Provider<DdganPlugin>> onClassPath() {
    try {
      return ServiceLoader.load(DdganPlugin.class, CLASS_PATH).stream().toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw unusable(jarThatNames(e.getMessage()), reason(e), e);
    }
  }

  private static PluginException unusable(String jar, Object reason, Throwable e) {
    return new PluginException(
        "the plug-in %s cannot be used; update or remove it (%s)".formatted(jar, reason), e);
  }

  /** What was wrong, without what Java has wrapped it in, where that says no more. */
  private static Throwable reason(Throwable e) {
    boolean isWrapped =
        e instanceof ServiceConfigurationError || e instanceof ExceptionInInitializerError;
    return isWrapped && e.getCause() != null && !isOfReflection(e.getCause())
        ? reason(e.getCause())
        : e;
  }

  /** Such an exception does not say what it was that could not be done. */
  private static boolean isOfReflection(Throwable e) {
    return e instanceof ReflectiveOperationException;
  }

  /** The jar whose list of plug-ins has the one that an error is about. */
  private static String jarThatNames(String message) {
    try {
      for (URL services : Collections.list(CLASS_PATH.getResources(SERVICES))) {
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

  private void addOrLeaveOut(Path path) {
    String name = path.getFileName().toString();
    try {
      List<Path> jars = jars(path);
      if (!jars.isEmpty()) {
        PluginClassLoader loader = new PluginClassLoader(name, urls(jars), CLASS_PATH);
        loaders.add(loader);
        contributions.add(
            beside.call(name, () -> contributionsOf(name, loader)),
            beside.call(
                name, () -> ReferenceConfigs.read(loader.findResources(ReferenceConfigs.NAME))));
        jars.forEach(jar -> origins.add(new PluginOrigin(name, jar)));
      }
    } catch (OverrunException e) {
      throw unusable(name, e.getMessage(), e);
    } catch (Exception | Error e) {
      leftOut.add(new LeftOut(name, reason(e)));
    }
  }

  /** A jar itself, or the jars of a folder. */
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
    if (!Files.isRegularFile(file)) { // a pipe would be waited for
      throw new PluginException(file.getFileName() + " is not a jar: it is not a file");
    }
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

  private static List<Components> contributionsOf(String name, PluginClassLoader loader) {
    List<Components> all =
        ServiceLoader.load(DdganPlugin.class, loader).stream()
            .filter(provider -> provider.type().getClassLoader() == loader)
            .map(provider -> provider.get().contributions(name))
            .toList();
    if (all.isEmpty()) {
      throw new PluginException("it names no plug-in in " + SERVICES);
    }
    all.forEach(components -> components.all().forEach(Plugins::requireTypesOfKeys));
    return all;
  }

  /** What a plug-in of the class path is, and adds. */
  private record Loaded(String name, Components components) {

    static Loaded by(ServiceLoader.Provider<DdganPlugin> provider, String jar) {
      DdganPlugin plugin = provider.get();
      return new Loaded(plugin.name(), plugin.contributions(jar));
    }
  }

  /** Fails if a key's type is missing, which would otherwise end the listing of the component. */
  private static void requireTypesOfKeys(ComponentType type) {
    RecordComponent[] unused = type.type().getRecordComponents();
  }

  @Override
  protected void configure() {
    MapBinder<String, TangentRule> rules =
        MapBinder.newMapBinder(binder(), String.class, TangentRule.class);
    contributions.rules().forEach((op, rule) -> rules.addBinding(op).toInstance(rule));
    Multibinder<PluginCommand> commands = Multibinder.newSetBinder(binder(), PluginCommand.class);
    contributions.commands().forEach(command -> commands.addBinding().toInstance(command));
    Multibinder<PluginOrigin> places = Multibinder.newSetBinder(binder(), PluginOrigin.class);
    origins.stream().distinct().forEach(origin -> places.addBinding().toInstance(origin));
  }

  @Provides
  @Singleton
  ComponentRegistry registry() {
    return new ComponentRegistry(contributions.types(), contributions.defaults());
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
