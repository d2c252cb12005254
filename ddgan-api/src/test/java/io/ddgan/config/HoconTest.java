package io.ddgan.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoconTest {

  private final Config file =
      Hocon.text("batch = 1, schedule { type = constant, steps = 3, beta-min = 0.2 }", "my.conf");

  @Test
  void overrideChangesOneKeyAndKeepsItsSiblings() {
    assertEquals(
        Hocon.text("batch = 1, schedule { type = constant, steps = 2, beta-min = 0.2 }", "x"),
        Hocon.layer(Hocon.overrides(List.of("schedule.steps=2")), file));
  }

  @Test
  void anotherTypeReplacesTheComponentAsAWhole() {
    assertEquals(
        Hocon.text("batch = 1, schedule { type = rising, steps = 5 }", "x"),
        Hocon.layer(Hocon.overrides(List.of("schedule.type=rising", "schedule.steps=5")), file));
  }

  @Test
  void laterOverrideWins() {
    assertEquals(3, Hocon.overrides(List.of("batch=2", "batch=3")).getInt("batch"));
  }

  @Test
  void everyMalformedOverrideIsNamed() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class, () -> Hocon.overrides(List.of("batch", "a=1", "=3")));
    assertEquals(
        "command line: batch: expected an override as key=value\n"
            + "command line: =3: expected an override as key=value",
        e.getMessage());
  }

  @Test
  void missingFileIsNamed(@TempDir Path folder) {
    Path missing = folder.resolve("no.conf");
    assertEquals(
        missing + ": no such file",
        assertThrows(ConfigurationException.class, () -> Hocon.file(missing)).getMessage());
  }

  @Test
  void folderIsNoConfiguration(@TempDir Path folder) {
    assertEquals(
        folder + ": not a readable file",
        assertThrows(ConfigurationException.class, () -> Hocon.file(folder)).getMessage());
  }
}
