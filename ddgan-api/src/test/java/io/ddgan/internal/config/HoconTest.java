package io.ddgan.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import io.ddgan.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoconTest {

  private final Config file =
      Hocon.text("batch = 1, schedule { type = constant, steps = 3, beta-min = 0.2 }", "my.conf");

  @TempDir private Path folder;

  @Test
  void plainValuesOnTheCommandLineNeedNoQuotes() {
    assertEquals(
        "runs/a@800", Hocon.overrides(List.of("init-from=runs/a@800")).getString("init-from"));
    assertEquals(
        "my photos!", Hocon.overrides(List.of("data.folder=my photos!")).getString("data.folder"));
    assertThrows(ConfigurationException.class, () -> Hocon.overrides(List.of("a={b@c")));
  }

  @ParameterizedTest(name = "{0} over {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        // the over                  | the under                       | together
        "a = vp                      | a { type = vp, steps = 2 }      | a { type = vp, steps = 2 }",
        "a = vp                      | a { type = linear, steps = 2 }  | a { type = vp }",
        "a = vp                      | a { steps = 2 }                 | a { type = vp, steps = 2 }",
        "a { steps = 3 }             | a = vp                          | a { type = vp, steps = 3 }",
        "a { type = vp, steps = 3 }  | a = vp                          | a { type = vp, steps = 3 }",
        "a { type = vp, steps = 3 }  | a = linear                      | a { type = vp, steps = 3 }",
        "a = vp                      | a = linear                      | a = vp",
        "a.b { steps = 3 }           | a.b = vp                        | a.b { type = vp, steps = 3 }",
        "a = \"0.5\"                 | a { from = 1, to = 0 }          | a = \"0.5\"",
        "a { from = 1, to = 0 }      | a = \"0.5\"                     | a { from = 1, to = 0 }",
        "a = null                    | a { type = vp }                 | a = null",
        "a { type = vp }             | a = null                        | a { type = vp }",
        "a = vp                      | a = [linear]                    | a = vp",
        "a { type = vp }             | a = [linear]                    | a { type = vp }",
        "a { steps = 3 }             | a = []                          | a { steps = 3 }",
        "a = [linear]                | a { type = vp }                 | a = [linear]",
      })
  void stringsMergeAsTheTypeOfAnObject(String over, String under, String together) {
    assertEquals(
        Hocon.text(together, "x"), Hocon.layer(Hocon.text(over, "x"), Hocon.text(under, "x")));
  }

  @Test
  void hereIsTheFolderOfTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("my.conf"), "data.folder = ${here}/my photos");
    Config read = Hocon.file(file);
    assertEquals(folder + "/my photos", read.getString("data.folder"));
    assertEquals(Set.of("data"), read.root().keySet());
    assertEquals(file.toString(), Hocon.source(read));
  }

  @Test
  void typeAndKeysMergeInAnyOrder() {
    Config both = Hocon.text("schedule { type = vp, steps = 3 }", "x");
    assertEquals(both, Hocon.overrides(List.of("schedule=vp", "schedule.steps=3")));
    assertEquals(both, Hocon.overrides(List.of("schedule.steps=3", "schedule=vp")));
    assertEquals(3, Hocon.overrides(List.of("batch=2", "batch=3")).getInt("batch"));
  }

  @Test
  void namesEveryOverriddenList() {
    Config lists = Hocon.text("penalty = [r1]\n a.metrics = [{ type = fid }]", "my.conf");
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () ->
                Hocon.layer(
                    Hocon.overrides(List.of("penalty.gamma=2", "a.metrics.samples=3")), lists));
    assertEquals(
        Set.of(
            "command line: penalty: is a list (my.conf:1)",
            "command line: a.metrics: is a list (my.conf:2)"),
        e.getMessage().lines().map(l -> l.split(";", 2)[0]).collect(Collectors.toSet()));
  }

  @Test
  void namesEveryMalformedOverride() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class, () -> Hocon.overrides(List.of("batch", "a=1", "=3")));
    assertEquals(
        "command line: batch: expected key=value\ncommand line: =3: expected key=value",
        e.getMessage());
  }

  @Test
  void relativeFilesIncludeTheirNeighbours() throws IOException {
    Path here = Path.of("");
    Path included = Files.createTempFile(here, "included", ".conf");
    Path file = Files.createTempFile(here, "including", ".conf");
    try {
      Files.writeString(included, "batch = 1");
      Files.writeString(file, "include \"%s\"\nrate = 2".formatted(included));
      Config config = Hocon.file(file);
      assertEquals(1, config.getInt("batch"));
      assertEquals(file + ":2", Hocon.place(config.getValue("rate")));
      Files.writeString(file, "rate : : 3");
      ConfigurationException e = assertThrows(ConfigurationException.class, () -> Hocon.file(file));
      assertEquals(file + ":1", e.problems().get(0).origin());
    } finally {
      Files.delete(included);
      Files.delete(file);
    }
  }

  @Test
  void namesAMissingFile() {
    Path missing = folder.resolve("no.conf");
    for (String message :
        List.of(missing + ": no such file", folder + ": is a folder; give a file")) {
      Path named = Path.of(message.split(": ", 2)[0]);
      assertEquals(
          message,
          assertThrows(ConfigurationException.class, () -> Hocon.file(named)).getMessage());
    }
  }

  @Test
  void textInAnotherEncodingIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("my.conf"), "a = 1", StandardCharsets.UTF_16);
    ConfigurationException e = assertThrows(ConfigurationException.class, () -> Hocon.file(file));
    assertEquals(file + ": it is not UTF-8 text", e.getMessage());
  }

  @Test
  void sumOfAnObjectAndAListNamesNoClasses() {
    String message =
        assertThrows(
                ConfigurationException.class,
                () -> Hocon.text("a { b = 1 }\na += { c = 2 }", "my.conf"))
            .getMessage();
    assertTrue(message.startsWith("my.conf:1: a list cannot be added to another value"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a { b = 1", "a { b { c = 1", "[1, 2]", "a = : 1"})
  void syntaxErrorsNameTheirPlace(String text) {
    ConfigurationException e =
        assertThrows(ConfigurationException.class, () -> Hocon.text(text, "my.conf"));
    assertEquals("my.conf:1", e.problems().get(0).origin());
  }

  @Test
  void valuesHaveThePlaceOfTheirLastAssignment() {
    Config config = Hocon.text("a = ${PATH}", "my.conf");
    assertEquals("environment variable", Hocon.place(config.getValue("a")));
    Config layered =
        Hocon.layer(Hocon.text("a {}", "my.conf"), Hocon.text("a = vp", "defaults.conf"));
    assertEquals("vp", layered.getString("a.type"));
    assertEquals("my.conf:1", Hocon.place(layered.getValue("a")));
    Config changed = Hocon.layer(Hocon.overrides(List.of("schedule.steps=2")), file);
    assertEquals("command line", Hocon.place(changed.getValue("schedule")));
    assertEquals("my.conf:1", Hocon.place(changed.getValue("schedule.beta-min")));
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"", "  \n\n", "# nothing\n"})
  void missingKeysAreReportedForTheTopmostFile(String text) throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.conf"), text);
    Config under = Hocon.text("b = 1", "defaults.conf");
    for (List<String> overrides : List.of(List.<String>of(), List.of("b=2"))) {
      Config layered =
          Hocon.layer(Hocon.layer(Hocon.overrides(overrides), Hocon.file(empty)), under);
      assertEquals(empty.toString(), Hocon.source(layered));
    }
    assertEquals(
        "defaults.conf", Hocon.source(Hocon.layer(Hocon.overrides(List.of("b=2")), under)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"absent.conf\"",
        "file(\"absent.conf\")",
        "classpath(\"absent.conf\")",
        "\"middle.conf\""
      })
  void refusesAMissingInclude(String what) throws IOException {
    Files.writeString(folder.resolve("middle.conf"), "include \"absent.conf\"");
    Path file = Files.writeString(folder.resolve("my.conf"), "a = 1\ninclude " + what);
    ConfigurationException e = assertThrows(ConfigurationException.class, () -> Hocon.file(file));
    assertEquals(file.toString(), e.problems().get(0).origin());
    assertTrue(e.getMessage().contains("absent.conf"), e.getMessage());
  }

  @Test
  void refusesIncludeCycles() throws IOException {
    Path file = Files.writeString(folder.resolve("my.conf"), "include \"my.conf\"");
    assertThrows(ConfigurationException.class, () -> Hocon.file(file));
  }
}
