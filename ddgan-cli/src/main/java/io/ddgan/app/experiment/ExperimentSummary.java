package io.ddgan.app.experiment;

import io.ddgan.api.DataShape;
import io.ddgan.api.Objective;
import io.ddgan.api.OpenDataset;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.experiment.TrainingSettings;
import java.util.Map;
import java.util.stream.Collectors;

/** A summary of an experiment in one line. */
public final class ExperimentSummary {

  private ExperimentSummary() {}

  /**
   * Returns the summary, without a line break.
   *
   * @param data description of the data by {@link #of}
   * @param layouts the parameters of the networks
   */
  public static String text(Setup setup, String data, Map<String, ParameterLayout> layouts) {
    TrainingSettings training = setup.experiment().training();
    return "%s; %s; %,d steps of %d"
        .formatted(data, networks(layouts), training.steps(), training.batchSize());
  }

  /** Describes data: number and size of the examples, number of classes. */
  public static String of(OpenDataset data) {
    return "%,d %s%s"
        .formatted(
            data.size(),
            of(data.shape()),
            data.labels().map(l -> " in %,d classes".formatted(l.classes())).orElse(""));
  }

  /** Describes missing data of a known shape. */
  public static String of(DataShape shape) {
    return shape.isImage()
        ? "examples of size %s".formatted(shape)
        : "points in %,d dimensions".formatted(shape.size());
  }

  /** Returns the sizes of the networks, the generator first. */
  private static String networks(Map<String, ParameterLayout> layouts) {
    String others =
        layouts.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(Objective.GENERATOR))
            .map(entry -> ", %s %,d".formatted(entry.getKey(), entry.getValue().size()))
            .collect(Collectors.joining());
    return "generator %,d parameters%s".formatted(layouts.get(Objective.GENERATOR).size(), others);
  }
}
