package io.ddgan.config;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with a configuration; the message has a line for each problem. */
public final class ConfigurationException extends RuntimeException {

  private final transient List<Problem> problems;

  public ConfigurationException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, at least one problem. */
  public List<Problem> problems() {
    return problems;
  }
}
