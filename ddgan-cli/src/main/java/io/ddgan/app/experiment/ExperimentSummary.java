package io.ddgan.app.experiment;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.Objective;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.experiment.TrainingSettings;
import java.util.Map;
import java.util.stream.Collectors;

/** What would be trained, in a line. */
public final class ExperimentSummary {

  private ExperimentSummary() {}

  /**
   * A training; the line is without its end.
   *
   * @param data what its data are, as {@link #of} says it
   * @param layouts the parameters of its networks, as the check of the experiment gives them
   */
  public static String text(Setup setup, String data, Map<String, ParameterLayout> layouts) {
    TrainingSettings training = setup.experiment().training();
    return "%s; %s; %,d steps of %d"
        .formatted(data, networks(layouts), training.steps(), training.batchSize());
  }

  /** How many examples there are, of which size and in how many classes. */
  public static String of(Examples data) {
    return "%,d %s%s"
        .formatted(
            data.size(),
            of(data.shape()),
            data.labels().map(l -> " in %,d classes".formatted(l.classes())).orElse(""));
  }

  /** The same of data that are not there, but whose shape is known. */
  public static String of(DataShape shape) {
    return shape.isImage()
        ? "examples of size %s".formatted(shape)
        : "points in %,d dimensions".formatted(shape.size());
  }

  /** Sizes of the networks, the generator's first. */
  private static String networks(Map<String, ParameterLayout> layouts) {
    String others =
        layouts.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(Objective.GENERATOR))
            .map(entry -> ", %s %,d".formatted(entry.getKey(), entry.getValue().size()))
            .collect(Collectors.joining());
    return "generator %,d parameters%s".formatted(layouts.get(Objective.GENERATOR).size(), others);
  }
}
