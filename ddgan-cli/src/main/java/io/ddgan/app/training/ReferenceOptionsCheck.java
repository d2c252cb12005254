package io.ddgan.app.training;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.networks.ReferenceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The reference implementation's options that a training state of it keeps. Weights fit networks
 * that compute something else with them; the options tell.
 */
final class ReferenceOptionsCheck {

  private ReferenceOptionsCheck() {}

  /**
   * Compares the options out of a file with a configuration, as far as both have them.
   *
   * @param source what an error calls the file
   * @param options values by the reference's names
   * @throws ConfigurationException if any differ; it names them all and says how to change them
   */
  static void requireEqual(String source, Map<?, ?> options, Config resolved) {
    List<Problem> problems = new ArrayList<>();
    ReferenceOptions.translate(options)
        .forEach(
            (key, value) -> {
              boolean isHere = resolved.hasPath(key);
              // The keys of a schedule depend on its type, which may be another one.
              boolean isCompared = isHere || key.startsWith("schedule.");
              if (!isCompared || !isPlain(value)) {
                return;
              }
              ConfigValue theirs = ConfigValueFactory.fromAnyRef(value);
              if (!isHere || !theirs.equals(resolved.getValue(key))) {
                String ours = isHere ? text(resolved.getValue(key)) : "no such key";
                problems.add(
                    new Problem(
                        source,
                        key,
                        "trained with %s, but the configuration has %s; override it with %s=%s"
                            .formatted(text(theirs), ours, key, text(theirs))));
              }
            });
    ConfigurationException.throwIfAny(problems);
  }

  private static boolean isPlain(Object value) {
    return value instanceof List<?> list
        ? list.stream().noneMatch(each -> each instanceof List)
            && list.stream().allMatch(ReferenceOptionsCheck::isPlain)
        : value instanceof Number || value instanceof String || value instanceof Boolean;
  }

  private static String text(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise().setJson(false));
  }
}
