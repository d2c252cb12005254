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

  /** One problem. */
  public ConfigurationException(Problem problem) {
    this(List.of(problem));
  }

  /** Throws the problems as one exception, unless there are none. */
  public static void throwIfAny(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** One problem, with the exception that told of it. */
  public ConfigurationException(Problem problem, Throwable cause) {
    super(problem.toString(), cause);
    this.problems = List.of(problem);
  }

  /** One problem, whose place is found later, by its key. */
  public static ConfigurationException of(String key, String message) {
    return new ConfigurationException(Problem.of(key, message));
  }

  /** What a part of the experiment has refused or could not read, as a problem of its key. */
  public static ConfigurationException of(String key, Exception refusal) {
    return new ConfigurationException(Problem.of(key, refusal.getMessage()), refusal);
  }

  /**
   * The same with the places of the keys in what was read, for problems that were found without
   * them.
   */
  public ConfigurationException locatedIn(Config written) {
    ConfigurationException located =
        new ConfigurationException(
            problems.stream().map(problem -> problem.locatedIn(written)).toList());
    located.initCause(this);
    return located;
  }

  /** What is wrong, at least one problem. */
  public List<Problem> problems() {
    return problems;
  }
}
