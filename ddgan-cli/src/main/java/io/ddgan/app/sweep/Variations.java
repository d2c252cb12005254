package io.ddgan.app.sweep;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.ddgan.api.RefusedException;
import io.ddgan.app.experiment.ValueText;
import io.ddgan.app.sweep.SweepFile.Block;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.random.RandomStreams;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Lays out a block's variations. */
final class Variations {

  private static final String LABEL = "label";

  private Variations() {}

  /**
   * The variations of a block, in the order of the file: the first key of a grid changes slowest.
   *
   * @throws ConfigurationException if a key has no values, or a range is none
   */
  static List<Variation> of(Block block) {
    if (block.grid().isPresent()) {
      return grid(each(block.grid().get(), ValueSpace::all));
    }
    if (block.zip().isPresent()) {
      return zip(block.zip().get(), each(block.zip().get(), ValueSpace::all));
    }
    if (block.random().isPresent()) {
      return random(block, each(block.random().get(), values -> values));
    }
    return block
        .list()
        .map(list -> list.stream().map(Variations::listed).toList())
        .orElse(List.of(Variation.of(Map.of())));
  }

  /**
   * How many variations a block has, however many, without laying them out.
   *
   * @throws ConfigurationException if a key has no values, or a range is none
   */
  static BigInteger count(Block block) {
    if (block.grid().isPresent()) {
      return each(block.grid().get(), ValueSpace::size).values().stream()
          .map(BigInteger::valueOf)
          .reduce(BigInteger.ONE, BigInteger::multiply);
    }
    int count =
        block
            .zip()
            .map(keys -> each(keys, ValueSpace::size).values().stream().reduce(0, Math::max))
            .or(block::count)
            .or(() -> block.list().map(List::size))
            .orElse(1);
    return BigInteger.valueOf(count);
  }

  private static <T> Map<String, T> each(ConfigObject object, Function<ValueSpace, T> use) {
    Map<String, T> all = new LinkedHashMap<>();
    Keys.of(object, ValueSpace::isRange)
        .forEach(
            (key, value) -> {
              try {
                all.put(key, use.apply(ValueSpace.of(value)));
              } catch (RefusedException e) {
                throw new ConfigurationException(Problem.at(value, key, e.getMessage()));
              }
            });
    return all;
  }

  private static List<Variation> grid(Map<String, List<ConfigValue>> keys) {
    List<Map<String, ConfigValue>> combinations = List.of(Map.of());
    for (Map.Entry<String, List<ConfigValue>> key : keys.entrySet()) {
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

  private static List<Variation> zip(ConfigObject object, Map<String, List<ConfigValue>> columns) {
    List<Integer> sizes = columns.values().stream().map(List::size).distinct().toList();
    if (sizes.size() > 1) {
      throw new ConfigurationException(
          Problem.at(
              object,
              "zip",
              "the keys have different numbers of values: "
                  + columns.entrySet().stream()
                      .map(e -> "%s %d".formatted(e.getKey(), e.getValue().size()))
                      .toList()));
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
  private static List<Variation> random(Block block, Map<String, ValueSpace> keys) {
    RandomStreams streams = new RandomStreams(block.seed().orElse(0L));
    List<Variation> variations = new ArrayList<>();
    for (int i = 0; i < block.count().orElseThrow(); i++) {
      Map<String, ConfigValue> values = new LinkedHashMap<>();
      for (Map.Entry<String, ValueSpace> key : keys.entrySet()) {
        values.put(key.getKey(), key.getValue().draw(streams.stream("sweep " + key.getKey(), i)));
      }
      variations.add(Variation.of(values));
    }
    return variations;
  }

  private static Variation listed(ConfigObject element) {
    Optional<ConfigValue> label = Optional.ofNullable(element.get(LABEL));
    label
        .filter(value -> value.valueType() != ConfigValueType.STRING)
        .ifPresent(
            value -> {
              throw new ConfigurationException(
                  Problem.at(value, LABEL, "expected a string, found " + ValueText.of(value)));
            });
    return new Variation(
        label.map(value -> (String) value.unwrapped()), Keys.of(element.withoutKey(LABEL)));
  }
}
