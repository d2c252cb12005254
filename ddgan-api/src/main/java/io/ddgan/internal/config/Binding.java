package io.ddgan.internal.config;

import static java.util.Comparator.comparing;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.Ramp;
import io.ddgan.api.RefusedException;
import io.ddgan.api.ScheduledValue;
import io.ddgan.config.Origins;
import io.ddgan.config.Problem;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.RegisteredComponent;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Binds a configuration to records and collects the problems. A value that cannot be bound adds a
 * problem and is empty. Its siblings are still bound, to report all problems at once.
 */
final class Binding {

  private static final String OR_PLUGIN = ", or load the plug-in that provides it with --plugins";

  private static final String SCHEDULED =
      "a number, a ramp such as { from = 1, to = 0 }, or an adaptive value such as { target = 0.6 }";

  private final ComponentRegistry registry;
  private final List<Problem> problems = new ArrayList<>();

  Binding(ComponentRegistry registry) {
    this.registry = registry;
  }

  List<Problem> problems() {
    return problems;
  }

  Optional<Object> root(Class<? extends Record> type, ConfigObject object) {
    return record(type, ConfigKey.of(type), object, "", List.of());
  }

  private Optional<Object> record(Class<? extends Record> type, ConfigValue value, String path) {
    if (!(value instanceof ConfigObject object)) {
      List<String> names = ConfigKey.of(type).stream().map(ConfigKey::name).toList();
      return mismatch("an object with the keys " + String.join(", ", names), value, path);
    }
    return record(type, ConfigKey.of(type), object, path, List.of());
  }

  private Optional<Object> record(
      Class<? extends Record> type,
      List<ConfigKey> keys,
      ConfigObject object,
      String path,
      List<String> otherKeys) {
    String origin =
        path.isEmpty() ? Origins.source(object.origin()) : Origins.place(object.origin());
    reportUnknownKeys(keys, otherKeys, object, path);
    List<Optional<Object>> values =
        keys.stream().map(key -> key(key, object.get(key.name()), path, origin)).toList();
    return values.stream().allMatch(Optional::isPresent)
        ? create(type, values.stream().map(Optional::get).toArray(), path, origin)
        : Optional.empty();
  }

  private void reportUnknownKeys(
      List<ConfigKey> keys, List<String> otherKeys, ConfigObject object, String path) {
    List<String> known = new ArrayList<>(otherKeys);
    keys.forEach(key -> known.add(key.name()));
    object.entrySet().stream()
        .filter(entry -> !known.contains(entry.getKey()))
        .sorted(
            comparing((Map.Entry<String, ConfigValue> e) -> e.getValue().origin().lineNumber())
                .thenComparing(Map.Entry::getKey))
        .forEach(
            entry ->
                report(
                    entry.getValue(),
                    Layering.join(path, entry.getKey()),
                    "unknown key; " + Suggestion.forName(entry.getKey(), known)));
  }

  private Optional<Object> key(ConfigKey key, ConfigValue value, String path, String origin) {
    String name = Layering.join(path, key.name());
    boolean optional = ConfigKey.isGeneric(key.type(), Optional.class);
    if (optional && (value == null || value.valueType() == ConfigValueType.NULL)) {
      return Optional.of(Optional.empty());
    }
    if (value == null) {
      String meaning = key.meaning().isEmpty() ? "" : " (" + key.meaning() + ")";
      problems.add(new Problem(origin, name, "missing; expected " + expected(key) + meaning));
      return Optional.empty();
    }
    return optional
        ? value(ConfigKey.argument(key.type()), key, value, name).map(Optional::of)
        : value(key.type(), key, value, name);
  }

  private String expected(ConfigKey key) {
    return key.type() instanceof Class<?> c
        ? ConfigKey.kind(c).map(this::expected).orElse(key.expected())
        : key.expected();
  }

  private String expected(ComponentKind kind) {
    List<String> names = names(kind);
    return names.isEmpty()
        ? "{ type = ... }, but no plug-in provides one"
        : "{ type = ... } with one of " + String.join(", ", names);
  }

  private Optional<Object> value(Type type, ConfigKey key, ConfigValue value, String path) {
    if (ConfigKey.isGeneric(type, List.class)) {
      return list(ConfigKey.argument(type), key, value, path);
    }
    if (type instanceof Class<?> c) {
      Optional<ComponentKind> kind = ConfigKey.kind(c);
      if (kind.isPresent()) {
        return component(kind.get(), value, path);
      }
      if (c == Ramp.class) {
        return ramp(key, value, "a number, or a ramp such as { from = 1, to = 0 }", path);
      }
      if (c == ScheduledValue.class) {
        return scheduled(key, value, path);
      }
      if (c.isRecord()) {
        return record(c.asSubclass(Record.class), value, path);
      }
      if (Scalars.reads(c)) {
        return scalar(c, key, value, path);
      }
      if (ConfigValue.class.isAssignableFrom(c)) {
        return c.isInstance(value) ? Optional.of(value) : mismatch(key.expected(), value, path);
      }
    }
    throw new IllegalStateException(
        "key %s has the unsupported type %s".formatted(path, type.getTypeName()));
  }

  private Optional<Object> list(Type type, ConfigKey key, ConfigValue value, String path) {
    if (type instanceof Class<?> c
        && (ConfigKey.kind(c).isPresent() || c == ConfigValue.class)
        && !(value instanceof ConfigList)) {
      return value.valueType() == ConfigValueType.NULL
          ? Optional.of(List.of())
          : value(type, key, value, path).map(element -> List.of(element));
    }
    if (!(value instanceof ConfigList list)) {
      return mismatch(key.expected(), value, path);
    }
    List<Optional<Object>> elements = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      elements.add(value(type, key, list.get(i), path + "[" + i + "]"));
    }
    return elements.stream().allMatch(Optional::isPresent)
        ? Optional.of(elements.stream().map(Optional::get).toList())
        : Optional.empty();
  }

  private Optional<Object> scalar(Class<?> type, ConfigKey key, ConfigValue value, String path) {
    Object scalar;
    try {
      scalar = Scalars.read(type, value);
    } catch (RefusedException e) {
      return report(value, path, e.getMessage());
    }
    return scalar instanceof Number n
            && (n.doubleValue() < key.min() || n.doubleValue() > key.max())
        ? report(value, path, "must be " + key.range() + ", found " + value.render())
        : Optional.of(scalar);
  }

  private Optional<Object> ramp(ConfigKey key, ConfigValue value, String expected, String path) {
    if (value instanceof ConfigObject object) {
      return record(
          Ramp.class,
          ScheduledValueKeys.rampKeys(key),
          layer(object, ScheduledValueKeys.rampDefaults(), path),
          path,
          List.of());
    }
    return Scalars.number(value).isEmpty()
        ? mismatch(expected, value, path)
        : scalar(double.class, key, value, path).map(number -> Ramp.constant((double) number));
  }

  private Optional<Object> scheduled(ConfigKey key, ConfigValue value, String path) {
    if (!(value instanceof ConfigObject object)) {
      return ramp(key, value, SCHEDULED, path);
    }
    return ScheduledValueKeys.isRamp(object)
        ? ramp(key, object, SCHEDULED, path)
        : adaptive(key, object, path);
  }

  private Optional<Object> adaptive(ConfigKey key, ConfigObject object, String path) {
    return record(
        AdaptiveValue.class,
        ScheduledValueKeys.adaptiveKeys(key),
        layer(object, ScheduledValueKeys.adaptiveDefaults(key), path),
        path,
        List.of());
  }

  private Optional<Object> component(ComponentKind kind, ConfigValue value, String path) {
    return Layering.component(value)
        .map(object -> component(kind, object, path))
        .orElseGet(() -> mismatch(expected(kind), value, path));
  }

  private Optional<Object> component(ComponentKind kind, ConfigObject object, String path) {
    String typePath = Layering.join(path, Layering.TYPE);
    ConfigValue written = object.get(Layering.TYPE);
    if (written == null) {
      return report(object, typePath, "missing; " + Suggestion.forName("", names(kind)));
    }
    String name = String.valueOf(written.unwrapped());
    Optional<RegisteredComponent> type = registry.find(kind, name);
    if (type.isEmpty()) {
      return report(
          written,
          typePath,
          "unknown %s '%s'; %s%s"
              .formatted(
                  kind.key(),
                  name,
                  Suggestion.forName(name, names(kind)),
                  Suggestion.closest(name, names(kind)).isPresent() ? "" : OR_PLUGIN));
    }
    return record(
        type.get().recordClass(),
        ConfigKey.of(type.get().recordClass()),
        layer(object, registry.defaults(type.get()), path),
        path,
        List.of(Layering.TYPE));
  }

  private ConfigObject layer(ConfigObject over, ConfigObject under, String path) {
    return new Layering(problems).layer(over, under, path);
  }

  private List<String> names(ComponentKind kind) {
    return registry.all(kind).stream().map(RegisteredComponent::name).toList();
  }

  private Optional<Object> create(
      Class<? extends Record> type, Object[] values, String path, String origin) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(values));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RefusedException refusal) {
        problems.add(new Problem(origin, path, refusal.getMessage()));
        return Optional.empty();
      }
      throw unchecked(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every record has a canonical constructor: " + type, e);
    }
  }

  /** Returns an unexpected exception of a constructor, unchecked. */
  private static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }

  private Optional<Object> mismatch(String expected, ConfigValue found, String path) {
    return report(found, path, Scalars.mismatch(expected, found).getMessage());
  }

  private Optional<Object> report(ConfigValue value, String path, String message) {
    problems.add(new Problem(Origins.place(value.origin()), path, message));
    return Optional.empty();
  }
}
