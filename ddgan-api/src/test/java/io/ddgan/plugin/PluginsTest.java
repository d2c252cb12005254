package io.ddgan.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.ProvisionException;
import io.ddgan.api.NoiseSchedule;
import io.ddgan.config.Binder;
import io.ddgan.config.Hocon;
import io.ddgan.graph.TangentRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {

  record Schedules(NoiseSchedule schedule) {}

  @TempDir Path temporary;

  private Path folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("plugins"));
  }

  @Test
  void componentOfJarIsListedAndConfiguredWithItsDefaults() throws IOException {
    PluginJar.withSchedule("acme", "flat")
        .resource("reference.conf", "ddgan.defaults.schedule.flat { steps = 3, beta = 0.25 }")
        .write(folder.resolve("acme-1.0.jar"));
    try (Plugins plugins = Plugins.load(Optional.of(folder))) {
      ComponentRegistry registry =
          Guice.createInjector(plugins).getInstance(ComponentRegistry.class);
      ComponentType type = registry.find(ComponentKind.SCHEDULE, "flat").orElseThrow();
      assertEquals("schedule.flat", type.id());
      assertEquals("Same each step", type.summary());
      assertEquals("acme-1.0.jar", type.origin());

      NoiseSchedule schedule =
          new Binder(registry)
              .bind(Schedules.class, Hocon.text("schedule { type = flat, steps = 7 }", "my.conf"))
              .schedule();
      assertEquals("Constant[steps=7, beta=0.25]", schedule.toString());
      assertEquals(Optional.of(type), registry.typeOf((Record) schedule));
    }
  }

  @Test
  void jarsMayHoldClassesOfTheSameName() throws IOException {
    PluginJar.withSchedule("acme", "flat").write(folder.resolve("a.jar"));
    PluginJar.withSchedule("acme", "level").write(folder.resolve("b.jar"));
    assertEquals(List.of("flat", "level"), schedules());
  }

  @Test
  void duplicateNameIsAnErrorThatNamesBothJars() throws IOException {
    PluginJar.withSchedule("acme", "flat").write(folder.resolve("acme-1.0.jar"));
    PluginJar.withSchedule("other", "flat").write(folder.resolve("other-2.0.jar"));
    ProvisionException e = assertThrows(ProvisionException.class, this::schedules);
    assertEquals(
        "schedule 'flat' comes from acme-1.0.jar (acme.Constant) and from other-2.0.jar"
            + " (other.Constant): remove one of them",
        e.getCause().getMessage());
  }

  @Test
  void tangentRulesOfJarsAreCollected() throws IOException {
    withTangentRule("acme", "sin").write(folder.resolve("acme-1.0.jar"));
    withTangentRule("other", "cos").write(folder.resolve("other-2.0.jar"));
    try (Plugins plugins = Plugins.load(Optional.of(folder))) {
      var rules = Guice.createInjector(plugins).getInstance(new Key<Map<String, TangentRule>>() {});
      assertEquals(Set.of("sin", "cos"), rules.keySet());
    }
  }

  @Test
  void twoTangentRulesForOneOperationAreAnErrorThatNamesBothJars() throws IOException {
    withTangentRule("acme", "sin").write(folder.resolve("acme-1.0.jar"));
    withTangentRule("other", "sin").write(folder.resolve("other-2.0.jar"));
    assertRefused(
        "the tangent rule of the operation sin comes from acme-1.0.jar and from other-2.0.jar:"
            + " remove one of them");
  }

  private static PluginJar withTangentRule(String packageName, String operation) {
    return new PluginJar()
        .plugin(
            packageName + ".RulePlugin",
            "",
            "components.tangentRule(\"%s\", (sd, op, t) -> op.arg());".formatted(operation));
  }

  @Test
  void plugInWhoseConstructorFailsIsNamedByItsJar() throws IOException {
    new PluginJar()
        .plugin("acme.Failing", "if (true) throw new IllegalStateException(\"no licence\");", "")
        .write(folder.resolve("failing.jar"));
    assertRefused(
        "the plug-in failing.jar cannot be used; update or remove it"
            + " (java.lang.IllegalStateException: no licence)");
  }

  @Test
  void plugInWhoseComponentIsMissingIsNamedByItsJar() throws IOException {
    PluginJar.withSchedule("acme", "flat").write(folder.resolve("half.jar"), "acme.Constant");
    assertRefused(
        "the plug-in half.jar cannot be used; update or remove it"
            + " (java.lang.NoClassDefFoundError: acme/Constant)");
  }

  @Test
  void plugInThatIsMissingItselfIsNamedByItsJar() throws IOException {
    PluginJar.withSchedule("acme", "flat")
        .write(folder.resolve("empty.jar"), "acme.ConstantPlugin");
    assertRefused(
        "the plug-in empty.jar cannot be used; update or remove it"
            + " (java.util.ServiceConfigurationError: io.ddgan.plugin.DdganPlugin: Provider"
            + " acme.ConstantPlugin not found)");
  }

  @Test
  void recordThatDoesNotImplementTheContractIsRefused() throws IOException {
    new PluginJar()
        .source("acme.Nothing", "public record Nothing() {}")
        .plugin(
            "acme.NothingPlugin",
            "",
            "components.add(ComponentKind.LOSS, \"nothing\", \"\", Nothing.class);")
        .write(folder.resolve("nothing.jar"));
    assertRefused(
        "the plug-in nothing.jar cannot be used; update or remove it"
            + " (java.lang.IllegalArgumentException: acme.Nothing cannot be the loss 'nothing': it"
            + " does not implement io.ddgan.api.AdversarialLoss)");
  }

  @Test
  void nameThatIsNotInKebabCaseIsRefused() throws IOException {
    PluginJar.withSchedule("acme", "Flat_1").write(folder.resolve("flat.jar"));
    assertRefused(
        "the plug-in flat.jar cannot be used; update or remove it"
            + " (java.lang.IllegalArgumentException: 'Flat_1' cannot be the name of a schedule:"
            + " write it in kebab-case)");
  }

  @Test
  void jarWithoutPlugInIsRefused() throws IOException {
    Files.writeString(folder.resolve("notes.jar"), "not even a jar");
    assertRefused(
        "notes.jar is not a plug-in: it has no META-INF/services/io.ddgan.plugin.DdganPlugin;"
            + " remove it from the folder");
  }

  @Test
  void mistakeInDefaultsNamesTheJar() throws IOException {
    PluginJar.withSchedule("acme", "flat")
        .resource("reference.conf", "ddgan {\n  defaults = }")
        .write(folder.resolve("acme.jar"));
    String message = assertThrows(PluginException.class, this::schedules).getMessage();
    assertEquals(
        "a plug-in's defaults cannot be read: acme.jar/reference.conf: 2:",
        message.substring(0, message.indexOf("2:") + 2));
  }

  @Test
  void missingFolderIsAnError() {
    Path missing = temporary.resolve("missing");
    assertEquals(
        "the plug-in folder cannot be read: " + missing,
        assertThrows(PluginException.class, () -> Plugins.load(Optional.of(missing))).getMessage());
  }

  private void assertRefused(String message) {
    assertEquals(message, assertThrows(PluginException.class, this::schedules).getMessage());
  }

  private List<String> schedules() {
    try (Plugins plugins = Plugins.load(Optional.of(folder))) {
      return Guice.createInjector(plugins)
          .getInstance(ComponentRegistry.class)
          .all(ComponentKind.SCHEDULE)
          .stream()
          .map(ComponentType::name)
          .toList();
    }
  }
}
