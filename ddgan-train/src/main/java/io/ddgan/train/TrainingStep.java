package io.ddgan.train;

import io.ddgan.graph.CallTime;
import io.ddgan.graph.ParameterSet;
import io.ddgan.graph.Workspace;
import io.ddgan.train.optimiser.CosineDecay;
import io.ddgan.train.optimiser.MovingAverage;
import io.ddgan.train.step.AdversarialObjective;
import io.ddgan.train.step.DenoisingObjective;
import io.ddgan.train.step.DiscriminatorReport;
import io.ddgan.train.step.Game;
import io.ddgan.train.step.GeneratorObjective;
import io.ddgan.train.step.NotFiniteException;
import io.ddgan.train.step.StepDraw;
import io.ddgan.train.step.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One training iteration: the discriminator's update if there is one, the generator's and that of
 * the average (Xiao et al., 2022, section 4). The generated examples of the discriminator's update
 * carry no gradient.
 */
public final class TrainingStep implements AutoCloseable {

  /** What {@link #profile} calls the updates of weights and average. */
  public static final String OPTIMISER = "optimiser";

  private final TrainingState state;
  private final CosineDecay rate;
  private final MovingAverage average;
  private final ParameterSet gradient;
  private final Workspace workspace = new Workspace();
  private final GeneratorObjective objective;
  private final Optional<DiscriminatorStep> discriminator;

  /** Prepares the plans of all updates. */
  public TrainingStep(Game game, TrainingSettings settings, TrainingState state) {
    this.state = state;
    this.rate = decay(settings.learningRateGenerator(), settings);
    this.average = new MovingAverage(settings.ema(), settings.emaWarmUp());
    ParameterSet weights = state.generator().weights();
    this.gradient = ParameterSet.zeros(weights.layout(), DataType.FLOAT);
    this.objective =
        state
            .discriminator()
            .map(Learner::weights)
            .<GeneratorObjective>map(
                d -> AdversarialObjective.prepare(game, weights, d, gradient, workspace))
            .orElseGet(() -> DenoisingObjective.prepare(game, weights, gradient, workspace));
    CosineDecay discriminatorRate = decay(settings.learningRateDiscriminator(), settings);
    this.discriminator =
        state
            .discriminator()
            .map(d -> new DiscriminatorStep(game, d, weights, discriminatorRate, workspace));
  }

  private static CosineDecay decay(double start, TrainingSettings settings) {
    return new CosineDecay(start, settings.learningRateEnd(), settings.iterations());
  }

  /**
   * Does the iteration.
   *
   * @param step number of the step, counted from 0
   * @throws NotFiniteException if a loss or gradient is not finite; the weights that it concerns
   *     are not updated
   */
  public StepReport run(long step, StepDraw draw) {
    Optional<DiscriminatorReport> played =
        discriminator.map(d -> d.run(step, draw.discriminator().orElseThrow()));
    double loss = objective.run(draw.generator());
    NotFiniteException.check(step, "the generator's loss", loss);
    double norm = NotFiniteException.norm(step, "the generator", gradient);
    double now = rate.at(step);
    ParameterSet weights = state.generator().weights();
    state.generator().adam().update(weights, gradient, now);
    average.update(state.average(), weights, step);
    return new StepReport(step, played, loss, norm, now);
  }

  /**
   * Times each native call of the latest step without a penalty once more. The weights stay as they
   * are; the optimisers' moments and the average do not.
   *
   * @param repetitions how often each call is run in succession, of which the fastest counts
   */
  public List<CallTime> profile(int repetitions) {
    List<CallTime> times = new ArrayList<>();
    discriminator.ifPresent(d -> times.addAll(d.profile(repetitions)));
    times.addAll(objective.profile(repetitions));
    ParameterSet weights = state.generator().weights();
    times.add(time(weights, () -> state.generator().adam().update(weights, gradient, 0)));
    times.add(time(weights, () -> average.update(state.average(), weights, Long.MAX_VALUE)));
    return times;
  }

  static CallTime time(ParameterSet weights, Runnable update) {
    List<Long> shape = List.of(weights.flat().length());
    long start = System.nanoTime();
    update.run();
    return new CallTime(OPTIMISER, List.of(shape), shape, System.nanoTime() - start);
  }

  /** Bytes of native memory of gradients and plans, without the state. */
  public long bytes() {
    return gradient.bytes()
        + workspace.bytes()
        + objective.bytes()
        + discriminator.map(DiscriminatorStep::bytes).orElse(0L);
  }

  @Override
  public void close() {
    discriminator.ifPresent(DiscriminatorStep::close);
    objective.close();
    workspace.close();
    gradient.close();
  }
}
