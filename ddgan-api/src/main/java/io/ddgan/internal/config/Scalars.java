package io.ddgan.internal.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.ddgan.api.RefusedException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads single values. Numbers and booleans may be strings, because environment variables are. */
final class Scalars {

  static final Set<Class<?>> INTEGERS = Set.of(int.class, Integer.class, long.class, Long.class);
  static final Set<Class<?>> NUMBERS = Set.of(double.class, Double.class);
  static final Set<Class<?>> BOOLEANS = Set.of(boolean.class, Boolean.class);
  private static final Map<String, Boolean> BOOLEAN_WORDS =
      Map.of("true", true, "yes", true, "on", true, "false", false, "no", false, "off", false);

  private Scalars() {}

  static boolean reads(Class<?> type) {
    return INTEGERS.contains(type)
        || NUMBERS.contains(type)
        || BOOLEANS.contains(type)
        || type == String.class
        || type == Path.class
        || type.isEnum();
  }

  /**
   * Reads a value.
   *
   * @throws RefusedException if it does not have the type; the message names the expected one
   */
  static Object read(Class<?> type, ConfigValue value) {
    if (INTEGERS.contains(type)) {
      return integer(type, value);
    }
    if (NUMBERS.contains(type)) {
      double number = number(value).orElseThrow(() -> mismatch("a number", value));
      if ((float) number == 0 && decimal(value).orElseThrow().signum() != 0) {
        throw mismatch("0, or a number that is not 0 in 32 bits", value);
      }
      return number;
    }
    if (BOOLEANS.contains(type)) {
      return text(value)
          .map(text -> BOOLEAN_WORDS.get(text.toLowerCase(Locale.ROOT)))
          .orElseThrow(() -> mismatch("true or false", value));
    }
    if (type == Path.class) {
      return PathName.of(text(value).orElseThrow(() -> mismatch("a path", value)));
    }
    return type == String.class
        ? text(value).orElseThrow(() -> mismatch("a string", value))
        : constant(type, value);
  }

  private static Object integer(Class<?> type, ConfigValue value) {
    BigDecimal number = decimal(value).orElseThrow(() -> mismatch("an integer", value));
    if (number.stripTrailingZeros().scale() > 0) {
      throw mismatch("an integer", value);
    }
    boolean isInt = type == int.class || type == Integer.class;
    long min = isInt ? Integer.MIN_VALUE : Long.MIN_VALUE;
    long max = isInt ? Integer.MAX_VALUE : Long.MAX_VALUE;
    if (number.compareTo(BigDecimal.valueOf(min)) < 0
        || number.compareTo(BigDecimal.valueOf(max)) > 0) {
      throw mismatch("an integer from " + min + " to " + max, value);
    }
    return isInt ? (Object) number.intValueExact() : (Object) number.longValueExact();
  }

  /** Returns the value if it is a finite number. */
  static Optional<Double> number(ConfigValue value) {
    return decimal(value).map(BigDecimal::doubleValue).filter(Double::isFinite);
  }

  private static Optional<BigDecimal> decimal(ConfigValue value) {
    try {
      return value.valueType() == ConfigValueType.BOOLEAN
          ? Optional.empty()
          : text(value).map(BigDecimal::new);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Object constant(Class<?> type, ConfigValue value) {
    List<?> constants = Arrays.asList(type.getEnumConstants());
    List<String> names = constants.stream().map(c -> ofConstant((Enum<?>) c)).toList();
    String text =
        text(value).orElseThrow(() -> mismatch("one of " + String.join(", ", names), value));
    if (!names.contains(text)) {
      throw new RefusedException(
          "unknown value '" + text + "'; " + Suggestion.forName(text, names));
    }
    return constants.get(names.indexOf(text));
  }

  /** Returns the constant's name in a configuration: {@code min-max} for {@code MIN_MAX}. */
  static String ofConstant(Enum<?> constant) {
    return constant.name().replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /** Returns the text of a string, number or boolean as it was written. */
  private static Optional<String> text(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING -> Optional.of((String) value.unwrapped());
      case NUMBER -> Optional.of(value.atKey("number").getString("number")); // with all digits
      case BOOLEAN -> Optional.of(value.render());
      case NULL, LIST, OBJECT -> Optional.empty();
    };
  }

  static RefusedException mismatch(String expected, ConfigValue found) {
    String what =
        switch (found.valueType()) {
          case STRING -> "the string " + found.render();
          case NUMBER -> "the number " + text(found).orElseThrow();
          case BOOLEAN -> "the boolean " + found.render();
          case NULL -> "null";
          case LIST -> "a list";
          case OBJECT -> "an object";
        };
    return new RefusedException("expected " + expected + ", found " + what);
  }
}
