package io.ddgan.cli.evaluation;

import io.ddgan.cli.experiment.ComponentText;
import io.ddgan.cli.experiment.Setups;
import io.ddgan.cli.options.CheckpointOptions;
import io.ddgan.cli.options.SamplingOptions;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.evaluation.EvaluationFiles;
import io.ddgan.train.evaluation.EvaluationRecord;
import io.ddgan.train.evaluation.EvaluationRecord.Subject;
import io.ddgan.train.evaluation.Reference;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.TrainedGenerator;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures what checkpoints of a run generate. */
public final class EvaluatedRun {

  private final Setups setups;
  private final ComponentText text;
  private final RunFolder folder;
  private final Experiment experiment;
  private final CheckpointOptions which;
  private final SamplingOptions sampling;

  private EvaluatedRun(
      Setups setups,
      ComponentText text,
      RunFolder folder,
      Experiment experiment,
      CheckpointOptions which,
      SamplingOptions sampling) {
    this.setups = setups;
    this.text = text;
    this.folder = folder;
    this.experiment = experiment;
    this.which = which;
    this.sampling = sampling;
  }

  /** Makes them, with what all of them need. */
  public static final class Factory {

    private final Setups setups;
    private final ComponentText text;

    @Inject
    Factory(Setups setups, ComponentText text) {
      this.setups = setups;
      this.text = text;
    }

    /**
     * Nothing is measured yet.
     *
     * @param experiment the run's, with what is measured now
     */
    public EvaluatedRun of(
        RunFolder folder,
        Experiment experiment,
        CheckpointOptions which,
        SamplingOptions sampling) {
      return new EvaluatedRun(setups, text, folder, experiment, which, sampling);
    }
  }

  /**
   * The data that the run was trained on, or nothing if no metric looks at them.
   *
   * @throws IOException if they cannot be opened
   */
  public Reference data() throws IOException {
    return experiment.evaluation().looksAtGeneratorOnly()
        ? Reference.none()
        : Reference.of(text.type(experiment.data()), experiment.data().open());
  }

  /**
   * Measures.
   *
   * @param reference what is compared with
   * @param found is given all numbers
   */
  public void measure(
      Reference reference, EvaluationSession.Method method, Consumer<EvaluationRecord> found)
      throws IOException {
    Setup setup = setups.of(experiment);
    RunCheckpoints checkpoints = RunCheckpoints.of(folder);
    List<Long> steps = which.steps(checkpoints);
    long seed = sampling.seed(setup);
    EvaluationFiles files = new EvaluationFiles(folder.root());
    try (EvaluationSession measuring =
        EvaluationSession.begin(
            experiment.evaluation(), reference, method, Optional.of(files), found)) {
      for (long step : steps) {
        try (TrainedGenerator generator =
            TrainedGenerator.load(
                setup,
                checkpoints.load(step),
                which.weights(),
                sampling.batch(),
                Optional.empty())) {
          var drawn = generator.drawn(new RandomStreams(seed));
          Subject subject =
              new Subject(
                  Optional.of(step),
                  which.weightsName(),
                  text.line(experiment.sampler()),
                  Optional.of(drawn.batch()),
                  seed);
          measuring.measure(subject, drawn);
        }
      }
    }
  }
}
