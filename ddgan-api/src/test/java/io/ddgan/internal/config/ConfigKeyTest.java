package io.ddgan.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ConfigKeyTest {

  @Test
  void namesTypes() {
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
  void describesRangesAndNestedRecords() {
    Function<Class<? extends Record>, List<String>> ranges =
        type -> ConfigKey.of(type).stream().map(ConfigKey::range).toList();
    assertEquals(List.of("at most 1", "at most 1"), ranges.apply(Example.Averages.class));
    assertEquals(List.of("at least 1", ""), ranges.apply(Example.Constant.class));
    List<ConfigKey> keys = ConfigKey.of(Example.class);
    assertEquals("from 0 to 1", keys.get(2).range());
    assertEquals(
        List.of("averages"),
        keys.stream().filter(k -> k.nested().isPresent()).map(ConfigKey::name).toList());
  }
}
