package io.ddgan.app.training;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.networks.ReferenceOptions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The reference implementation's options that a training state of it keeps. Weights fit networks
 * that compute something else with them; the options tell.
 */
final class ReferenceOptionsCheck {

  private static final Pattern WORD = Pattern.compile("[\\w.+-]+");

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
              Optional<String> theirs = text(value);
              Optional<String> ours =
                  resolved.hasPath(key) ? text(resolved.getAnyRef(key)) : Optional.empty();
              boolean isMissing = ours.isEmpty() && isOfSchedule(key);
              if (theirs.isPresent() && (ours.isPresent() || isMissing) && !theirs.equals(ours)) {
                problems.add(
                    new Problem(
                        source,
                        key,
                        "trained with %s, but the configuration has %s; override it with %s=%s"
                            .formatted(
                                theirs.get(), ours.orElse("no such key"), key, theirs.get())));
              }
            });
    ConfigurationException.throwIfAny(problems);
  }

  /** The keys of a schedule depend on its type, which may be another one. */
  private static boolean isOfSchedule(String key) {
    return key.startsWith("schedule.");
  }

  /** A value in one way of writing; empty if it is neither plain nor a list of plain ones. */
  private static Optional<String> text(Object value) {
    if (value instanceof List<?> list) {
      List<Optional<String>> elements = list.stream().map(ReferenceOptionsCheck::plain).toList();
      return elements.stream().allMatch(Optional::isPresent)
          ? Optional.of(
              elements.stream().map(Optional::get).collect(Collectors.joining(",", "[", "]")))
          : Optional.empty();
    }
    return plain(value);
  }

  private static Optional<String> plain(Object value) {
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return Optional.of(
          BigDecimal.valueOf(number.doubleValue()).stripTrailingZeros().toPlainString());
    }
    if (value instanceof String text) {
      return Optional.of(WORD.matcher(text).matches() ? text : ConfigUtil.quoteString(text));
    }
    return value instanceof Boolean ? Optional.of(value.toString()) : Optional.empty();
  }
}
