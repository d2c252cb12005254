package io.ddgan.app.sweep;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.ddgan.api.RefusedException;
import io.ddgan.app.sweep.SweepFile.Block;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.random.RandomStreams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

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
    if (block.list().isPresent()) {
      return block.list().get().stream().map(Variation::of).toList();
    }
    List<Map<String, ConfigValue>> all =
        block
            .grid()
            .map(Variations::grid)
            .or(() -> block.zip().map(Variations::zip))
            .or(() -> block.random().map(keys -> random(block, keys)))
            .orElse(List.of(Map.of()));
    return all.stream().map(Variation::of).toList();
  }

  private static <A, B> Map<String, B> each(Map<String, A> keys, BiFunction<String, A, B> use) {
    Map<String, B> all = new LinkedHashMap<>();
    keys.forEach((key, value) -> all.put(key, use.apply(key, value)));
    return all;
  }

  /** What comes of each key's values, where a range or a list stands for several. */
  private static <T> Map<String, T> read(ConfigObject object, Function<ConfigValue, T> use) {
    return each(
        Variation.keys(object),
        (key, value) -> {
          try {
            return use.apply(value);
          } catch (RefusedException e) {
            throw new ConfigurationException(Problem.at(value, key, e.getMessage()));
          }
        });
  }

  private static List<ConfigValue> values(ConfigValue value) {
    if (value instanceof ConfigObject object && Range.is(object)) {
      return Range.of(object).all();
    }
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
    List<ConfigValue> choices = values(value);
    return random -> choices.get(random.nextInt(choices.size()));
  }

  private static List<Map<String, ConfigValue>> grid(ConfigObject object) {
    List<Map<String, ConfigValue>> combinations = List.of(Map.of());
    for (var key : read(object, Variations::values).entrySet()) {
      List<ConfigValue> values = key.getValue();
      if ((long) combinations.size() * values.size() > MOST) {
        String message =
            "more than %,d combinations; try fewer values, or draw some with random"
                .formatted(MOST);
        throw new ConfigurationException(Problem.at(object, "grid", message));
      }
      combinations =
          combinations.stream()
              .flatMap(each -> values.stream().map(value -> with(each, key.getKey(), value)))
              .toList();
    }
    return combinations;
  }

  private static Map<String, ConfigValue> with(
      Map<String, ConfigValue> keys, String key, ConfigValue value) {
    Map<String, ConfigValue> more = new LinkedHashMap<>(keys);
    more.put(key, value);
    return more;
  }

  private static List<Map<String, ConfigValue>> zip(ConfigObject object) {
    Map<String, List<ConfigValue>> columns = read(object, Variations::values);
    List<Integer> sizes = columns.values().stream().map(List::size).distinct().toList();
    if (sizes.size() > 1) {
      throw new ConfigurationException(
          Problem.at(object, "zip", "the keys have different numbers of values: " + sizes));
    }
    return IntStream.range(0, sizes.isEmpty() ? 0 : sizes.get(0))
        .mapToObj(i -> each(columns, (key, values) -> values.get(i)))
        .toList();
  }

  /** Every key has draws of its own, so that another key changes none of them. */
  private static List<Map<String, ConfigValue>> random(Block block, ConfigObject object) {
    var keys = read(object, Variations::draws);
    RandomStreams streams = new RandomStreams(block.seed().orElse(0L));
    return IntStream.range(0, block.count().orElseThrow())
        .mapToObj(i -> each(keys, (key, draw) -> draw.apply(streams.stream("sweep " + key, i))))
        .toList();
  }
}
