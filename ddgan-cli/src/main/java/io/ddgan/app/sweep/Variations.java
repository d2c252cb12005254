package io.ddgan.app.sweep;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.ddgan.api.RefusedException;
import io.ddgan.app.sweep.SweepFile.Block;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.random.RandomStreams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Lays out a block's variations. */
final class Variations {

  /** The most values of a key, and the most trials of a sweep. */
  static final int MOST = 10_000;

  private Variations() {}

  /**
   * The variations of a block, in the order of the file: the first key of a grid changes slowest.
   *
   * @throws ConfigurationException if a key has no values, or a range is none
   */
  static List<Variation> of(Block block) {
    if (block.grid().isPresent()) {
      return grid(block.grid().get());
    }
    if (block.zip().isPresent()) {
      return zip(block.zip().get());
    }
    if (block.random().isPresent()) {
      return random(block, block.random().get());
    }
    return block
        .list()
        .map(list -> list.stream().map(Variation::of).toList())
        .orElse(List.of(Variation.of(Map.of())));
  }

  /** What comes of each key's values, where a range or a list stands for several. */
  private static <T> Map<String, T> each(ConfigObject object, Function<ConfigValue, T> use) {
    Map<String, T> all = new LinkedHashMap<>();
    Variation.keys(object)
        .forEach(
            (key, value) -> {
              try {
                all.put(key, use.apply(value));
              } catch (RefusedException e) {
                throw new ConfigurationException(Problem.at(value, key, e.getMessage()));
              }
            });
    return all;
  }

  private static List<ConfigValue> values(ConfigValue value) {
    return value instanceof ConfigObject object && Range.is(object)
        ? Range.of(object).all()
        : choices(value);
  }

  private static List<ConfigValue> choices(ConfigValue value) {
    List<ConfigValue> choices = value instanceof ConfigList list ? list : List.of(value);
    if (choices.isEmpty()) {
      throw new RefusedException("an empty list has no values to try");
    }
    return choices;
  }

  private static Function<RandomGenerator, ConfigValue> draws(ConfigValue value) {
    if (value instanceof ConfigObject object && Range.is(object)) {
      return Range.of(object)::draw;
    }
    List<ConfigValue> choices = choices(value);
    return random -> choices.get(random.nextInt(choices.size()));
  }

  private static List<Variation> grid(ConfigObject object) {
    List<Map<String, ConfigValue>> combinations = List.of(Map.of());
    for (var key : each(object, Variations::values).entrySet()) {
      if ((long) combinations.size() * key.getValue().size() > MOST) {
        throw new ConfigurationException(
            Problem.at(
                object,
                "grid",
                "more than %,d combinations; try fewer values, or draw some with random"
                    .formatted(MOST)));
      }
      List<Map<String, ConfigValue>> longer = new ArrayList<>();
      for (Map<String, ConfigValue> combination : combinations) {
        for (ConfigValue value : key.getValue()) {
          Map<String, ConfigValue> more = new LinkedHashMap<>(combination);
          more.put(key.getKey(), value);
          longer.add(more);
        }
      }
      combinations = longer;
    }
    return combinations.stream().map(Variation::of).toList();
  }

  private static List<Variation> zip(ConfigObject object) {
    Map<String, List<ConfigValue>> columns = each(object, Variations::values);
    List<Integer> sizes = columns.values().stream().map(List::size).distinct().toList();
    if (sizes.size() > 1) {
      throw new ConfigurationException(
          Problem.at(object, "zip", "the keys have different numbers of values: " + sizes));
    }
    List<Variation> variations = new ArrayList<>();
    for (int i = 0; !sizes.isEmpty() && i < sizes.get(0); i++) {
      Map<String, ConfigValue> values = new LinkedHashMap<>();
      for (Map.Entry<String, List<ConfigValue>> column : columns.entrySet()) {
        values.put(column.getKey(), column.getValue().get(i));
      }
      variations.add(Variation.of(values));
    }
    return variations;
  }

  /** Every key has draws of its own, so that another key changes none of them. */
  private static List<Variation> random(Block block, ConfigObject object) {
    var keys = each(object, Variations::draws);
    RandomStreams streams = new RandomStreams(block.seed().orElse(0L));
    List<Variation> variations = new ArrayList<>();
    for (int i = 0; i < block.count().orElseThrow(); i++) {
      Map<String, ConfigValue> values = new LinkedHashMap<>();
      for (var key : keys.entrySet()) {
        values.put(key.getKey(), key.getValue().apply(streams.stream("sweep " + key.getKey(), i)));
      }
      variations.add(Variation.of(values));
    }
    return variations;
  }
}
