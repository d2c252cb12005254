package io.ddgan.internal.config;

import com.typesafe.config.ConfigValue;
import io.ddgan.api.KebabCase;
import io.ddgan.api.Ramp;
import io.ddgan.api.ScheduledValue;
import io.ddgan.config.Key;
import io.ddgan.plugin.ComponentKind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A key of a configuration record.
 *
 * @param name name of the key, in kebab-case
 * @param meaning its meaning, empty if the record gives none
 * @param min smallest number allowed
 * @param max largest number allowed
 */
public record ConfigKey(String name, Type type, String meaning, double min, double max) {

  /** Caches the keys of each record, because Java parses annotations again on every access. */
  private static final ClassValue<List<ConfigKey>> OF_RECORDS =
      new ClassValue<>() {
        @Override
        protected List<ConfigKey> computeValue(Class<?> record) {
          return Arrays.stream(record.getRecordComponents()).map(ConfigKey::of).toList();
        }
      };

  /** Returns the keys of a record, in the order of its components. */
  public static List<ConfigKey> of(Class<? extends Record> record) {
    return OF_RECORDS.get(record);
  }

  private static ConfigKey of(RecordComponent component) {
    String name = KebabCase.of(component.getName());
    Type type = component.getGenericType();
    Key key = component.getAnnotation(Key.class);
    return key == null
        ? new ConfigKey(name, type, "", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
        : new ConfigKey(name, type, key.value(), key.min(), key.max());
  }

  /** Returns the values of a record by key, in the order of its components. */
  public static Map<String, Object> values(Record record) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      values.put(KebabCase.of(component.getName()), read(component, record));
    }
    return values;
  }

  private static Object read(RecordComponent component, Record record) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true); // components of plug-ins need not be public
      return accessor.invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  /** Returns the same key with other limits. */
  ConfigKey within(double min, double max) {
    return new ConfigKey(name, type, meaning, min, max);
  }

  /** Returns the type of a nested record, if this key holds one. */
  public Optional<Class<? extends Record>> nested() {
    return type instanceof Class<?> c && c.isRecord() && !ScheduledValue.class.isAssignableFrom(c)
        ? Optional.of(c.asSubclass(Record.class))
        : Optional.empty();
  }

  /** Returns whether a configuration can hold values of its type. */
  public boolean isReadable() {
    return isReadable(isGeneric(type, Optional.class) ? argument(type) : type);
  }

  private static boolean isReadable(Type type) {
    if (isGeneric(type, List.class)) {
      return isReadable(argument(type));
    }
    return type instanceof Class<?> c
        && (c.isRecord()
            || c == ScheduledValue.class
            || Scalars.reads(c)
            || kind(c).isPresent()
            || ConfigValue.class.isAssignableFrom(c));
  }

  /** Returns the type in words: {@code integer}, {@code list of numbers}. */
  public String typeName() {
    return typeName(type);
  }

  /** Returns the type's name with its article. */
  String expected() {
    String name = typeName();
    return name.contains(" | ")
        ? "one of " + name.replace(" | ", ", ")
        : ("aeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
  }

  private static String typeName(Type type) {
    if (isGeneric(type, Optional.class)) {
      return typeName(argument(type)) + " or null";
    }
    if (isGeneric(type, List.class)) {
      return "list of " + typeName(argument(type)) + "s";
    }
    if (!(type instanceof Class<?> c)) {
      return "object";
    }
    if (Scalars.INTEGERS.contains(c)) {
      return "integer";
    }
    if (Scalars.NUMBERS.contains(c)) {
      return "number";
    }
    if (c == Ramp.class) {
      return "number or ramp";
    }
    if (c == ScheduledValue.class) {
      return "number, ramp or adaptive";
    }
    if (c == Path.class) {
      return "path";
    }
    if (c.isEnum()) {
      return Arrays.stream(c.getEnumConstants())
          .map(constant -> Scalars.ofConstant((Enum<?>) constant))
          .collect(Collectors.joining(" | "));
    }
    if (c == ConfigValue.class) {
      return "value";
    }
    if (c == String.class || Scalars.BOOLEANS.contains(c)) {
      return c == String.class ? "string" : "boolean";
    }
    return kind(c).map(kind -> kind.key() + " component").orElse("object");
  }

  /** Returns the allowed range in words, such as {@code at least 1}; empty if unlimited. */
  public String range() {
    if (Double.isInfinite(min) && Double.isInfinite(max)) {
      return "";
    }
    if (Double.isInfinite(max)) {
      return "at least " + number(min);
    }
    return Double.isInfinite(min)
        ? "at most " + number(max)
        : "from " + number(min) + " to " + number(max);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value).toLowerCase(Locale.ROOT);
  }

  /** Returns the component kind with this contract, if any. */
  static Optional<ComponentKind> kind(Class<?> type) {
    return Arrays.stream(ComponentKind.values())
        .filter(kind -> kind.contract() == type)
        .findFirst();
  }

  static boolean isGeneric(Type type, Class<?> raw) {
    return type instanceof ParameterizedType p && p.getRawType() == raw;
  }

  static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }
}
