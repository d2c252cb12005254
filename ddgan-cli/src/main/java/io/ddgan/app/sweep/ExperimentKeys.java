package io.ddgan.app.sweep;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.ddgan.api.ScheduledValue;
import io.ddgan.internal.config.ConfigKey;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.plugin.RegisteredComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The keys of an experiment that differ from their defaults. Trials are identified by them, so a
 * key that a later version adds with a default changes no identity.
 */
final class ExperimentKeys {

  /** Keys that affect neither the weights nor the samples. */
  private static final Pattern BOOKKEEPING =
      Pattern.compile(
          "seed|(evaluation|listeners)\\b.*"
              + "|training\\.(log-every|sample-every|sample-count|checkpoint-every|keep-checkpoints)");

  /** Keys of the evaluation after the training; the other keys are about that during it. */
  private static final Pattern MEASURED =
      Pattern.compile("evaluation\\b(?!\\.(every|keep-best)$).*");

  private final ComponentRegistry registry;
  private final HoconRenderer renderer;
  private final SortedMap<String, String> keys;

  ExperimentKeys(Record experiment, ComponentRegistry registry, HoconRenderer renderer) {
    this.registry = registry;
    this.renderer = renderer;
    this.keys = of("", experiment, registry.experimentDefaults().root());
  }

  /** Returns all keys, except the seed, that affect the weights and the samples. */
  String determining() {
    return text(key -> !BOOKKEEPING.matcher(key).matches());
  }

  /** Returns all keys that affect the evaluation. */
  String measured() {
    return text(key -> MEASURED.matcher(key).matches());
  }

  private String text(Predicate<String> which) {
    return keys.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining("\n"));
  }

  private SortedMap<String, String> of(String key, Record record, ConfigValue standard) {
    Optional<RegisteredComponent> type = registry.typeOf(record);
    ConfigObject none = ConfigFactory.empty().root();
    ConfigObject given = standard instanceof ConfigObject object ? object : none;
    ConfigValue standardType = given.isEmpty() ? standard : given.get("type");
    boolean isStandardType =
        standardType != null
            && type.filter(known -> known.name().equals(standardType.unwrapped())).isPresent();
    ConfigObject own = type.map(registry::defaults).orElse(none);
    ConfigObject defaults = isStandardType || type.isEmpty() ? given.withFallback(own) : own;
    SortedMap<String, String> found = new TreeMap<>();
    for (Map.Entry<String, Object> part : ConfigKey.values(record).entrySet()) {
      String inner = key.isEmpty() ? part.getKey() : key + "." + part.getKey();
      add(inner, part.getValue(), defaults.get(part.getKey()), found);
    }
    if (type.isPresent() && !(isStandardType && found.isEmpty())) {
      found.put(key, type.get().name());
    }
    return found;
  }

  private void add(String key, Object held, ConfigValue standard, SortedMap<String, String> found) {
    Object value = held instanceof Optional<?> optional ? optional.orElse(null) : held;
    if (value instanceof List<?> list && list.size() == 1 && list.get(0) instanceof Record one) {
      found.putAll(of(key, one, standard));
    } else if (value instanceof List<?> list && list.stream().anyMatch(Record.class::isInstance)) {
      for (int i = 0; i < list.size(); i++) {
        found.putAll(of("%s[%d]".formatted(key, i), (Record) list.get(i), null));
      }
    } else if (value instanceof Record record && !(value instanceof ScheduledValue)) {
      found.putAll(of(key, record, standard));
    } else {
      String text = value == null ? "null" : renderer.renderValue(value);
      if (!isStandard(text, standard)) {
        found.put(key, text);
      }
    }
  }

  /** Returns whether a text equals the key's default; false if in doubt. */
  private static boolean isStandard(String text, ConfigValue standard) {
    Object value = standard == null ? null : standard.unwrapped();
    if (value instanceof Number number) {
      return text.matches("-?[\\d.]+(e-?\\d+)?")
          && Double.parseDouble(text) == number.doubleValue();
    }
    return value instanceof String string
        ? text.equals(string) || text.equals(ConfigUtil.quoteString(string))
        : text.equals(value == null ? "null" : standard.render(ConfigRenderOptions.concise()));
  }
}
