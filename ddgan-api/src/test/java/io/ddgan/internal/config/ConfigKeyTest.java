package io.ddgan.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigKeyTest {

  @Test
  void saysWhatMayBeWritten() {
    assertEquals(
        List.of(
            "batch: integer",
            "seed: integer",
            "rate: number",
            "warm-up: boolean",
            "name: string",
            "order: shuffled | as-stored",
            "folder: path or null",
            "widths: list of integers",
            "tags: list of strings",
            "averages: object",
            "schedule: schedule component",
            "metrics: list of metric components",
            "weight: number or ramp",
            "decay: number or ramp or null",
            "chance: number, ramp or adaptive"),
        ConfigKey.of(Example.class).stream()
            .map(key -> key.name() + ": " + key.typeName())
            .toList());
  }

  @Test
  void onlyRecordsWhoseKeysStandOnTheirOwnAreNested() {
    assertEquals(
        List.of("averages"),
        ConfigKey.of(Example.class).stream()
            .filter(key -> key.nested().isPresent())
            .map(ConfigKey::name)
            .toList());
  }

  @Test
  void saysTheRangeInWords() {
    assertEquals(List.of("at most 1", "at most 1"), ranges(Example.Averages.class));
    assertEquals(List.of("at least 1", ""), ranges(Example.Constant.class));
    assertEquals("from 0 to 1", ConfigKey.of(Example.class).get(2).range());
  }

  private static List<String> ranges(Class<? extends Record> record) {
    return ConfigKey.of(record).stream().map(ConfigKey::range).toList();
  }
}
