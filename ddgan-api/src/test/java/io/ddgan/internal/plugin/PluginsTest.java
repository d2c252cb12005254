package io.ddgan.internal.plugin;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import io.ddgan.api.NoiseSchedule;
import io.ddgan.api.TangentRule;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.Hocon;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.PluginException;
import io.ddgan.plugin.RegisteredCommand;
import io.ddgan.plugin.RegisteredComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PluginsTest {

  record Schedules(NoiseSchedule schedule) {}

  @TempDir Path temporary;

  private Path folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("plugins"));
  }

  @Test
  void listsAndConfiguresTheComponentsOfAJar() throws IOException {
    PluginJar.withSchedule("acme", "flat")
        .resource("reference.conf", "ddgan.defaults.schedule.flat { steps = 3, beta = 0.25 }")
        .write(folder.resolve("acme-1.0.jar"));
    try (Plugins plugins = Plugins.load(Optional.of(folder))) {
      ComponentRegistry registry =
          Guice.createInjector(plugins).getInstance(ComponentRegistry.class);
      RegisteredComponent type = registry.find(ComponentKind.SCHEDULE, "flat").orElseThrow();
      assertEquals("schedule.flat", type.id());
      assertEquals("Same each step", type.summary());
      assertEquals("acme-1.0.jar", type.origin());
      Path jar = folder.resolve("acme-1.0.jar");
      assertEquals(List.of(new PluginOrigin("acme-1.0.jar", jar)), plugins.origins());

      NoiseSchedule schedule =
          new Binder(registry)
              .bind(Schedules.class, Hocon.text("schedule { type = flat, steps = 7 }", "my.conf"))
              .schedule();
      assertEquals("Constant[steps=7, beta=0.25]", schedule.toString());
      assertEquals(Optional.of(type), registry.typeOf((Record) schedule));
    }
  }

  @Test
  void jarsMayShareClassNamesButNotComponentNames() throws IOException {
    PluginJar.withSchedule("acme", "flat").write(folder.resolve("a.jar"));
    PluginJar.withSchedule("acme", "level").write(folder.resolve("b.jar"));
    PluginJar.withSchedule("other", "flat").write(folder.resolve("c.jar"));
    withCommand("acme", "train").write(folder.resolve("d.jar"));
    Files.writeString(folder.resolve("e.jar"), "not even a jar");
    try (Plugins plugins = Plugins.load(Optional.of(folder), Set.of("train"))) {
      assertEquals(
          """
          cannot load plug-in c.jar: schedule 'flat' is already provided by a.jar; update or remove it
          cannot load plug-in d.jar: command 'train' is already provided by ddgan; update or remove it
          cannot load plug-in e.jar: e.jar is not a jar: zip END header not found; update or remove it""",
          plugins.rejected().stream().map(RejectedPlugin::message).collect(joining("\n")));
    }
    assertEquals(List.of("flat", "level"), schedules());
  }

  @Test
  void collectsRulesAndCommandsOfJars() throws IOException {
    withCommand("acme", "hello").write(folder.resolve("acme-1.0.jar"));
    plugin("contributions.addTangentRule(\"sin\", (op, t) -> op.output());")
        .write(folder.resolve("other-2.0.jar"));
    try (Plugins plugins = Plugins.load(Optional.of(folder))) {
      Injector injector = Guice.createInjector(plugins);
      var rules = injector.getInstance(new Key<Map<String, TangentRule>>() {});
      assertEquals(Set.of("sin"), rules.keySet());
      var commands = injector.getInstance(new Key<Set<RegisteredCommand>>() {});
      assertEquals(
          List.of("hello from acme-1.0.jar: Say hello"),
          commands.stream()
              .map(c -> "%s from %s: %s".formatted(c.name(), c.origin(), c.summary()))
              .toList());
    }
  }

  /** Other plug-ins still work. */
  @ParameterizedTest
  @MethodSource("broken")
  void rejectsBrokenPlugInsWithAReason(String reason, PluginJar broken, String missing)
      throws IOException {
    broken.write(
        folder.resolve("a.jar"), missing.isEmpty() ? new String[0] : new String[] {missing});
    PluginJar.withSchedule("fine", "level").write(folder.resolve("b.jar"));
    String message = rejected();
    assertTrue(message.startsWith("cannot load plug-in a.jar: "), message);
    assertTrue(message.contains(reason), message);
    assertEquals(List.of("level"), schedules());
  }

  static Stream<Arguments> broken() {
    PluginJar fine = PluginJar.withSchedule("acme", "flat");
    PluginJar fails =
        new PluginJar()
            .plugin("acme.P", "if (true) throw new IllegalStateException(\"no licence\");", "");
    PluginJar divides =
        new PluginJar()
            .source("acme.Wrong", "class Wrong { static int NUMBER = 1 / \"\".length(); }")
            .plugin("acme.P", "int x = Wrong.NUMBER;", "");
    PluginJar coloured =
        plugin("contributions.add(ComponentKind.DATA, \"coloured\", \"\", Coloured.class);")
            .source("acme.Colour", "public enum Colour { RED }")
            .source(
                "acme.Coloured",
                "public record Coloured(Colour colour) implements io.ddgan.api.Dataset {"
                    + " public io.ddgan.api.OpenDataset open() { return null; } }");
    PluginJar nothing =
        plugin("contributions.add(ComponentKind.LOSS, \"nothing\", \"\", Nothing.class);")
            .source("acme.Nothing", "public record Nothing() {}");
    PluginJar library = new PluginJar().source("acme.Library", "public class Library {}");
    PluginJar newer =
        new PluginJar()
            .source(
                "acme.Newer",
                """
                public final class Newer extends io.ddgan.plugin.DdganPlugin {
                  public Newer() { super(API_VERSION + 1); }
                  public String name() { return "newer"; }
                  protected void contribute(io.ddgan.plugin.Contributions contributions) {
                    throw new IllegalStateException("asked although it cannot be used");
                  }
                }
                """)
            .resource("META-INF/services/io.ddgan.plugin.DdganPlugin", "acme.Newer");
    return Stream.of(
        arguments("no licence", fails, ""),
        arguments("java.lang.ArithmeticException: / by zero", divides, ""),
        arguments("NoClassDefFoundError: acme/Constant", fine, "acme.Constant"),
        arguments("acme.ConstantPlugin not found", fine, "acme.ConstantPlugin"),
        arguments("NoClassDefFoundError: acme/Colour", coloured, "acme.Colour"),
        arguments("acme.Nothing cannot be the loss 'nothing'", nothing, ""),
        arguments("kebab-case", PluginJar.withSchedule("acme", "Flat_1"), ""),
        arguments("it lists no plug-in in META-INF/services/", library, ""),
        arguments(
            "cannot read the defaults: a.jar/reference.conf: 2:",
            reference("ddgan {\n  a = }"),
            ""),
        arguments("a.jar/reference.conf: 1: ", reference("ddgan.defaults.schedule.flat = 3"), ""),
        arguments("it was made for version 3 of ddgan's plug-in interface", newer, ""));
  }

  private static PluginJar reference(String defaults) {
    return PluginJar.withSchedule("acme", "flat").resource("reference.conf", defaults);
  }

  private static PluginJar plugin(String components) {
    return new PluginJar().plugin("acme.SomePlugin", "", components);
  }

  private static PluginJar withCommand(String packageName, String name) {
    return new PluginJar()
        .plugin(
            packageName + ".CommandPlugin",
            "",
            "contributions.addCommand(\"%1$s\", \"Say %1$s\", (arguments, context) -> 0);"
                .formatted(name));
  }

  @Test
  void ignoresOtherFilesAndRefusesAMissingFolder() throws IOException {
    Files.createDirectory(folder.resolve("classes"));
    Files.writeString(folder.resolve("README"), "Put plug-ins here.");
    assertEquals("", rejected());
    Path missing = temporary.resolve("missing");
    assertEquals(
        "cannot read the plug-in folder " + missing,
        assertThrows(PluginException.class, () -> Plugins.load(Optional.of(missing))).getMessage());
  }

  @Test
  void plugInsSetOnlyTheirOwnDefaults() throws IOException {
    PluginJar.withSchedule("acme", "flat").write(folder.resolve("a.jar"));
    PluginJar.withSchedule("acme", "level")
        .resource(
            "reference.conf",
            "ddgan { experiment.seed = 3, defaults.schedule { flat.steps = 4, level.steps = 5 } }")
        .write(folder.resolve("b.jar"));
    try (Plugins plugins = Plugins.load(Optional.of(folder))) {
      ComponentRegistry registry =
          Guice.createInjector(plugins).getInstance(ComponentRegistry.class);
      assertTrue(registry.experimentDefaults().isEmpty());
      assertEquals(Set.of(), defaults(registry, "flat"));
      assertEquals(Set.of("steps"), defaults(registry, "level"));
    }
  }

  private static Set<String> defaults(ComponentRegistry registry, String schedule) {
    return registry
        .defaults(registry.find(ComponentKind.SCHEDULE, schedule).orElseThrow())
        .keySet();
  }

  private String rejected() {
    try (Plugins plugins = Plugins.load(Optional.of(folder))) {
      return plugins.rejected().stream().map(RejectedPlugin::message).collect(joining("\n"));
    }
  }

  private List<String> schedules() {
    try (Plugins plugins = Plugins.load(Optional.of(folder))) {
      return Guice.createInjector(plugins)
          .getInstance(ComponentRegistry.class)
          .all(ComponentKind.SCHEDULE)
          .stream()
          .map(RegisteredComponent::name)
          .toList();
    }
  }
}
