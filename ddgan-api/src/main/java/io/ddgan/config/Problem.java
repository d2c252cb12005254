package io.ddgan.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A problem of a configuration.
 *
 * @param origin place of the value, such as {@code my.conf:12} or {@code command line}
 * @param key full name of the key, such as {@code schedule.steps}; empty if the problem has no key
 * @param message what is wrong and how to fix it
 */
public record Problem(String origin, String key, String message) {

  private static final String PRESET = "presets/";

  /** Creates a problem of a key, to be located later. */
  public static Problem of(String key, String message) {
    return new Problem("", key, message);
  }

  /** Creates a problem at the place of a value. */
  public static Problem at(ConfigValue value, String key, String message) {
    return new Problem(Origins.place(value.origin()), key, message);
  }

  /** Creates a problem of the command line. */
  public static Problem onCommandLine(String key, String message) {
    return new Problem(Origins.COMMAND_LINE, key, message);
  }

  /**
   * Returns this problem with the place of its key, or of the innermost object around it, if it has
   * none yet. Also names the keys of the command line, or the file over a preset, which is right by
   * itself.
   */
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
    String keys =
        written.entrySet().stream()
            .filter(entry -> Origins.isCommandLine(entry.getValue().origin()))
            .map(entry -> entry.getKey() + "=" + entry.getValue().unwrapped())
            .sorted()
            .collect(Collectors.joining(" "));
    String top = keys.isEmpty() ? Origins.source(written.origin()) : keys;
    boolean isBelow =
        keys.isEmpty()
            ? place.startsWith(PRESET) && !top.startsWith(PRESET)
            : !place.equals(Origins.COMMAND_LINE);
    return new Problem(isBelow ? place + ", with " + top : place, key, message);
  }

  @Override
  public String toString() {
    return Stream.of(origin, key, message)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(": "));
  }
}
