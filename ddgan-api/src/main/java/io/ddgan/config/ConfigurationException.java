package io.ddgan.config;

import com.typesafe.config.Config;
import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with a configuration; the message has a line for each problem. */
public final class ConfigurationException extends RuntimeException {

  private final transient List<Problem> problems;

  public ConfigurationException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Creates an exception with one problem. */
  public ConfigurationException(Problem problem) {
    this(List.of(problem));
  }

  /** Throws the problems as one exception, unless there are none. */
  public static void throwIfAny(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** Creates an exception with one problem and its cause. */
  public ConfigurationException(Problem problem, Throwable cause) {
    super(problem.toString(), cause);
    this.problems = List.of(problem);
  }

  /** Creates an exception with one problem of a key, to be located later. */
  public static ConfigurationException of(String key, String message) {
    return new ConfigurationException(Problem.of(key, message));
  }

  /** Creates an exception for a key whose component was refused or could not be read. */
  public static ConfigurationException of(String key, Exception refusal) {
    return new ConfigurationException(Problem.of(key, refusal.getMessage()), refusal);
  }

  /** Returns this exception with problems that have no place yet located in a configuration. */
  public ConfigurationException locatedIn(Config written) {
    ConfigurationException located =
        new ConfigurationException(
            problems.stream().map(problem -> problem.locatedIn(written)).toList());
    located.initCause(this);
    return located;
  }

  /** Returns the problems, at least one. */
  public List<Problem> problems() {
    return problems;
  }
}
