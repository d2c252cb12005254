package io.ddgan.config;

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

  /** One of what was said on the command line. */
  public static Problem onCommandLine(String key, String message) {
    return new Problem(Origins.COMMAND_LINE, key, message);
  }

  @Override
  public String toString() {
    return Stream.of(origin, key, message)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(": "));
  }
}
