package io.ddgan.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that is wrong with a configuration.
 *
 * @param origin where it was written, such as {@code my.conf:12} or {@code command line}
 * @param key full name of the key, such as {@code schedule.steps}; empty if no key is to blame
 * @param message what is wrong and what to do about it
 */
public record Problem(String origin, String key, String message) {

  /** One whose place is found later, by its key. */
  public static Problem of(String key, String message) {
    return new Problem("", key, message);
  }

  /** One of a value, where it was written. */
  public static Problem at(ConfigValue value, String key, String message) {
    return new Problem(Origins.place(value.origin()), key, message);
  }

  /** One of what was said on the command line. */
  public static Problem onCommandLine(String key, String message) {
    return new Problem(Origins.COMMAND_LINE, key, message);
  }

  /** The same with the place of its key, or of the innermost object around it, if it has none. */
  Problem locatedIn(Config written) {
    if (!origin.isEmpty() || key.isEmpty()) {
      return this;
    }
    ConfigValue innermost = written.root();
    for (String name : key.split("\\.", -1)) {
      if (innermost instanceof ConfigObject object && object.containsKey(name)) {
        innermost = object.get(name);
      }
    }
    boolean isWritten = innermost != written.root();
    String place =
        isWritten ? Origins.place(innermost.origin()) : Origins.source(innermost.origin());
    return new Problem(place, key, message);
  }

  @Override
  public String toString() {
    return Stream.of(origin, key, message)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(": "));
  }
}
