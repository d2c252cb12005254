package io.ddgan.cli;

import com.typesafe.config.ConfigUtil;
import io.ddgan.internal.config.ConfigKey;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** Values, as they are written in HOCON, that people and programs give keys by mistake. */
final class HostileValues {

  private static final List<String> ANY =
      List.of(
          "null",
          "true",
          "yes",
          "\"\"",
          "\" \"",
          "abc",
          "\"a\\u0000b\"",
          "\"1\"",
          "\" 1\"",
          "0x10",
          "1_000",
          "\"1,5\"",
          "\"\u0661\u0662\"",
          "NaN",
          "\"Infinity\"",
          "-Infinity",
          "0",
          "-0",
          "-1",
          "1",
          "2",
          "3",
          "0.5",
          "1.5",
          "-1e-300",
          "1e-400",
          "1e308",
          "1e309",
          "-1e309",
          "1e99999",
          "1e2000000000",
          "2147483647",
          "2147483648",
          "-2147483649",
          "9223372036854775807",
          "9223372036854775808",
          "[]",
          "[null]",
          "[0]",
          "[-1]",
          "[1e400]",
          "[1, 2]",
          "[a, a]",
          "[[1]]",
          "[{}]",
          "{}",
          "{ a = 1 }",
          "{ type = null }",
          "{ type = 1 }",
          "{ type = nonsense }",
          "{ type = [] }",
          "{ type {} }",
          "[{ type = nonsense }]",
          "{ from = 0, to = 1 }",
          "{ from = 1 }",
          "{ from = NaN, to = 1 }",
          "{ from = 0, to = 1, over = 0 }",
          "{ from = 0, to = 1, over = 5, shape = cosine }",
          "{ from = 0, to = 1, shape = round }",
          "{ shape = constant, from = 0, to = 0 }",
          "${?NOWHERE}",
          "\"${HOME}\"",
          "1 2",
          "a ${?NOWHERE} b",
          ConfigUtil.quoteString("long".repeat(200)));

  private HostileValues() {}

  /** Some of the values of other types, and all at the limits of its own. */
  static List<String> some(ConfigKey key, Random random) {
    List<String> some = new ArrayList<>(own(key));
    ANY.stream().filter(value -> random.nextInt(5) == 0).forEach(some::add);
    return some;
  }

  /** All of them. */
  static List<String> of(ConfigKey key) {
    List<String> all = new ArrayList<>(own(key));
    all.addAll(ANY);
    return all;
  }

  private static List<String> own(ConfigKey key) {
    List<String> values = new ArrayList<>();
    boolean isWhole = key.typeName().contains("integer");
    for (double limit : new double[] {key.min(), key.max()}) {
      if (Double.isFinite(limit)) {
        Stream<Object> near =
            isWhole
                ? Stream.of((long) limit - 1, (long) limit, (long) limit + 1)
                : Stream.of(Math.nextDown(limit), limit, Math.nextUp(limit));
        near.map(String::valueOf)
            .forEach(number -> values.addAll(List.of(number, "[%s]".formatted(number))));
      }
    }
    constants(key.type()).forEach(values::add);
    return values;
  }

  private static Stream<String> constants(Type type) {
    if (type instanceof ParameterizedType generic) {
      return Stream.of(generic.getActualTypeArguments()).flatMap(HostileValues::constants);
    }
    return type instanceof Class<?> c && c.isEnum()
        ? Stream.of(c.getEnumConstants())
            .map(constant -> constant.toString())
            .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT).replace('_', '-')))
        : Stream.empty();
  }
}
