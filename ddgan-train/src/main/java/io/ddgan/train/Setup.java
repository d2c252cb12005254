package io.ddgan.train;

import io.ddgan.api.DataShape;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Examples;
import io.ddgan.api.Sampler.Evaluation;
import io.ddgan.graph.TangentRule;
import io.ddgan.train.step.Game;
import io.ddgan.train.step.Opponent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An experiment with its data opened and its networks checked against the data. */
public final class Setup {

  private final Experiment experiment;
  private final DiffusionProcess process;
  private final Map<String, TangentRule> tangentRules;

  /**
   * Takes the parts that an experiment was assembled from.
   *
   * @param tangentRules the plug-ins' forward-mode rules, by the operation's name
   */
  @Inject
  public Setup(
      Experiment experiment, DiffusionProcess process, Map<String, TangentRule> tangentRules) {
    this.experiment = experiment;
    this.process = process;
    this.tangentRules = tangentRules;
  }

  /** The configuration. */
  public Experiment experiment() {
    return experiment;
  }

  /**
   * Opens the data set.
   *
   * @throws IOException if a file is missing or damaged; the message names it
   */
  public Examples open() throws IOException {
    return experiment.data().open();
  }

  /** The networks' game for data of this shape, with batches of a size of one's own. */
  public Game game(DataShape shape, int batch) {
    return new Game(
        process,
        experiment.reverse(),
        experiment.generator(),
        experiment.latent() == Experiment.Latent.NORMAL,
        experiment.objective() == Experiment.Objective.ADVERSARIAL
            ? Optional.of(opponent())
            : Optional.empty(),
        experiment.reconstructionWeight(),
        shape,
        batch);
  }

  private Opponent opponent() {
    return new Opponent(
        experiment.discriminator().orElseThrow(),
        experiment.discriminatorSees().noisier() && !experiment.reverse().isOneShot(),
        experiment.discriminatorSees().time(),
        experiment.loss().orElseThrow(),
        experiment.penalty().orElseThrow(),
        tangentRules);
  }

  /**
   * The way from noise to examples that the experiment's sampler takes.
   *
   * @throws IllegalArgumentException if the sampler does not suit the experiment
   */
  public List<Evaluation> path() {
    return experiment.sampler().path(process, experiment.reverse());
  }
}
