package io.ddgan.app.sweep;

import static java.util.Comparator.comparing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.ddgan.api.RefusedException;
import io.ddgan.app.sweep.SweepFile.Block;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.Hocon;
import io.ddgan.random.RandomStreams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Keys with values that define a configuration of a sweep, or a rule to exclude configurations.
 *
 * @param label its label, if any
 * @param values value by full key, in the order of the file
 */
public record Variation(Optional<String> label, Map<String, ConfigValue> values) {

  private static final String LABEL = "label";

  static Variation of(Map<String, ConfigValue> values) {
    return new Variation(Optional.empty(), values);
  }

  /** Reads an object, with its label if it has one. */
  static Variation of(ConfigObject object) {
    Optional<ConfigValue> label = Optional.ofNullable(object.get(LABEL));
    return new Variation(
        label.map(value -> String.valueOf(value.unwrapped())), keys(object.withoutKey(LABEL)));
  }

  /** Returns the values of an object by full key; a range is a value. */
  static Map<String, ConfigValue> keys(ConfigObject object) {
    Map<String, ConfigValue> keys = new LinkedHashMap<>();
    collect("", object, keys);
    return keys;
  }

  private static void collect(String path, ConfigObject object, Map<String, ConfigValue> keys) {
    object.entrySet().stream()
        .sorted(
            comparing((Map.Entry<String, ConfigValue> e) -> e.getValue().origin().lineNumber())
                .thenComparing(Map.Entry::getKey))
        .forEach(
            entry -> {
              String key = path + ConfigUtil.joinPath(entry.getKey());
              if (entry.getValue() instanceof ConfigObject inner && !Range.is(inner)) {
                collect(key + ".", inner, keys);
              } else {
                keys.put(key, entry.getValue());
              }
            });
  }

  /** Returns whether a configuration has all values; a component is matched by its type. */
  boolean isIn(Config config) {
    return values.entrySet().stream()
        .allMatch(
            entry ->
                config.hasPath(entry.getKey())
                    && isSame(config.getValue(entry.getKey()), entry.getValue()));
  }

  private static boolean isSame(ConfigValue value, ConfigValue wanted) {
    return value.equals(wanted)
        || (value instanceof ConfigObject component && wanted.equals(component.get("type")));
  }

  /** Returns the keys and values as a configuration. */
  Config config() {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, ConfigValue> entry : values.entrySet()) {
      config = Hocon.layer(alone(entry.getKey(), entry.getValue()), config);
    }
    return config;
  }

  /** Returns a value in its nested objects, which get its origin for messages. */
  private static Config alone(String path, ConfigValue value) {
    List<String> keys = ConfigUtil.splitPath(path);
    ConfigValue nested = value;
    for (int i = keys.size() - 1; i > 0; i--) {
      nested =
          ConfigFactory.empty().root().withValue(keys.get(i), nested).withOrigin(value.origin());
    }
    return ConfigFactory.empty().root().withValue(keys.get(0), nested).toConfig();
  }

  /**
   * Returns the variations of a block, in the order of the file: the first key of a grid changes
   * slowest.
   *
   * @throws ConfigurationException if a key has no values, or a range is invalid
   */
  static List<Variation> all(Block block) {
    if (block.list().isPresent()) {
      return block.list().get().stream().map(Variation::of).toList();
    }
    List<Map<String, ConfigValue>> all =
        block
            .grid()
            .map(Variation::grid)
            .or(() -> block.zip().map(Variation::zip))
            .or(() -> block.random().map(keys -> random(block, keys)))
            .orElse(List.of(Map.of()));
    return all.stream().map(Variation::of).toList();
  }

  private static <A, B> Map<String, B> each(Map<String, A> keys, BiFunction<String, A, B> use) {
    Map<String, B> all = new LinkedHashMap<>();
    keys.forEach((key, value) -> all.put(key, use.apply(key, value)));
    return all;
  }

  /** Applies a function to the value of each key, which may be a range or a list. */
  private static <T> Map<String, T> read(ConfigObject object, Function<ConfigValue, T> use) {
    return each(
        keys(object),
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
      throw new RefusedException("the list of values is empty");
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
    for (var key : read(object, Variation::values).entrySet()) {
      List<ConfigValue> values = key.getValue();
      if ((long) combinations.size() * values.size() > SweepFile.MOST) {
        String message =
            "more than %,d combinations; use fewer values, or sample them with random"
                .formatted(SweepFile.MOST);
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
    Map<String, List<ConfigValue>> columns = read(object, Variation::values);
    List<Integer> sizes = columns.values().stream().map(List::size).distinct().toList();
    if (sizes.size() > 1) {
      throw new ConfigurationException(
          Problem.at(object, "zip", "all lists must have the same length; got lengths " + sizes));
    }
    return IntStream.range(0, sizes.isEmpty() ? 0 : sizes.get(0))
        .mapToObj(i -> each(columns, (key, values) -> values.get(i)))
        .toList();
  }

  /** Draws each key from its own random stream, so adding a key changes no other. */
  private static List<Map<String, ConfigValue>> random(Block block, ConfigObject object) {
    var keys = read(object, Variation::draws);
    RandomStreams streams = new RandomStreams(block.seed().orElse(0L));
    return IntStream.range(0, block.count().orElseThrow())
        .mapToObj(i -> each(keys, (key, draw) -> draw.apply(streams.stream("sweep " + key, i))))
        .toList();
  }
}
