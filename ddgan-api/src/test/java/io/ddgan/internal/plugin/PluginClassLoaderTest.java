package io.ddgan.internal.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.common.base.Joiner;
import com.google.inject.Guice;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.DdganPlugin;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class PluginClassLoaderTest {

  @TempDir Path temporary;

  private Path folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("plugins"));
  }

  @Test
  void plugInsHaveSeparateVersionsOfALibrary() throws IOException {
    withLibrary("one", "1.4");
    withLibrary("two", "2.0");
    try (Plugins plugins = Plugins.load(Optional.of(folder))) {
      assertEquals(List.of(), plugins.rejected());
      ComponentRegistry registry =
          Guice.createInjector(plugins).getInstance(ComponentRegistry.class);
      assertEquals(
          List.of("one: library 1.4", "two: library 2.0"),
          registry.all(ComponentKind.SCHEDULE).stream()
              .map(type -> type.origin() + ": " + type.summary())
              .toList());
    }
    Files.delete(folder.resolve("two/library.jar"));
    try (Plugins plugins = Plugins.load(Optional.of(folder))) {
      assertEquals(
          "cannot load plug-in two: java.lang.NoClassDefFoundError: common/Library;"
              + " update or remove it",
          plugins.rejected().get(0).message());
    }
  }

  /**
   * Creates a folder with a library and a plug-in whose schedule is described by the library's
   * version.
   */
  private void withLibrary(String name, String version) throws IOException {
    Path jars = Files.createDirectory(folder.resolve(name));
    Path library =
        new PluginJar()
            .source(
                "common.Library",
                "public class Library { public static String version() { return \"%s\"; } }"
                    .formatted(version))
            .write(jars.resolve("library.jar"));
    new PluginJar()
        .library(library)
        .source(
            "acme.Constant",
            """
            public record Constant(int steps) implements io.ddgan.api.NoiseSchedule {
              public double[] betas() { return new double[] {0, 1}; }
            }
            """)
        .plugin(
            "acme.ConstantPlugin",
            "",
            """
            String library = "library " + common.Library.version();
            contributions.add(ComponentKind.SCHEDULE, "%s", library, Constant.class);
            """
                .formatted(name))
        .write(jars.resolve("plugin.jar"));
  }

  @Test
  void bundledLibrariesTakePrecedenceExceptForSharedTypes() throws Exception {
    Path jar =
        new PluginJar()
            .source("com.google.common.base.Joiner", "public class Joiner {}")
            .source("org.nd4j.linalg.api.ndarray.INDArray", "public interface INDArray {}")
            .source("io.ddgan.plugin.DdganPlugin", "public class DdganPlugin {}")
            .source("io.ddgan.elsewhere.Mine", "public class Mine {}")
            .write(folder.resolve("copies.jar"));
    try (PluginClassLoader loader = loader(jar)) {
      Class<?> own = loader.loadClass(Joiner.class.getName());
      assertNotSame(Joiner.class, own);
      assertSame(own, loader.loadClass(Joiner.class.getName()));
      assertSame(INDArray.class, loader.loadClass(INDArray.class.getName()));
      assertSame(DdganPlugin.class, loader.loadClass(DdganPlugin.class.getName()));
      assertSame(loader, loader.loadClass("io.ddgan.elsewhere.Mine").getClassLoader());
    }
    try (PluginClassLoader loader = loader()) {
      assertSame(Joiner.class, loader.loadClass(Joiner.class.getName()));
    }
  }

  @Test
  void bundledResourcesComeFirstAndHideProvidersOfBundledServices() throws Exception {
    Path frameworks = providers("Old").write(temporary.resolve("framework.jar"));
    Path plugins = providers("New").write(temporary.resolve("plugin.jar"));
    try (PluginClassLoader framework = loader(frameworks);
        PluginClassLoader plugin = new PluginClassLoader("own", urls(plugins), framework)) {
      List<URL> all = Collections.list(plugin.getResources("reference.conf"));
      assertEquals(
          List.of(plugin.findResource("reference.conf"), framework.findResource("reference.conf")),
          all);
      assertEquals(all.get(0), plugin.getResource("reference.conf"));
      assertEquals(List.of("New"), providers(plugin, "common.Service"));
      assertEquals(List.of("Old"), providers(framework, "common.Service"));
      assertEquals(List.of("New", "Old"), providers(plugin, Supplier.class.getName()));
    }
  }

  /** Creates a jar with a service and a class that provides it and a Java service. */
  private static PluginJar providers(String name) {
    return new PluginJar()
        .source("common.Service", "public interface Service {}")
        .source(
            "common." + name,
            """
            public class %s implements Service, java.util.function.Supplier<String> {
              public String get() { return ""; }
            }
            """
                .formatted(name))
        .resource("reference.conf", "from = " + name)
        .resource("META-INF/services/common.Service", "common." + name)
        .resource("META-INF/services/java.util.function.Supplier", "common." + name);
  }

  private static List<String> providers(ClassLoader loader, String service)
      throws ClassNotFoundException {
    return ServiceLoader.load(loader.loadClass(service), loader).stream()
        .map(provider -> provider.type().getSimpleName())
        .toList();
  }

  private static PluginClassLoader loader(Path... jars) throws IOException {
    return new PluginClassLoader("test", urls(jars), PluginClassLoader.class.getClassLoader());
  }

  private static List<URL> urls(Path... jars) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    return urls;
  }
}
