package io.ddgan.train;

import io.ddgan.graph.CallTime;
import io.ddgan.graph.ParameterSet;
import io.ddgan.graph.Workspace;
import io.ddgan.train.optimiser.CosineDecay;
import io.ddgan.train.optimiser.MovingAverage;
import io.ddgan.train.step.DiscriminatorLosses;
import io.ddgan.train.step.DiscriminatorUpdate;
import io.ddgan.train.step.Game;
import io.ddgan.train.step.GeneratorUpdate;
import io.ddgan.train.step.NotFiniteException;
import io.ddgan.train.step.Sampling;
import io.ddgan.train.step.StepDraw;
import io.ddgan.train.step.StepReport;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One training iteration: the discriminator's update, the generator's and that of the average (Xiao
 * et al., 2022, section 4). The generated examples of the discriminator's update carry no gradient.
 */
public final class TrainingStep implements AutoCloseable {

  /** What {@link #profile} calls the updates of weights and average. */
  public static final String OPTIMISER = "optimiser";

  private final TrainingState state;
  private final CosineDecay discriminatorRate;
  private final CosineDecay generatorRate;
  private final MovingAverage average;
  private final ParameterSet discriminatorGradient;
  private final ParameterSet generatorGradient;
  private final Workspace workspace = new Workspace();
  private final Sampling sampling;
  private final DiscriminatorUpdate discriminatorUpdate;
  private final GeneratorUpdate generatorUpdate;

  /** Prepares the plans of both updates. */
  public TrainingStep(Game game, TrainingSettings settings, TrainingState state) {
    this.state = state;
    this.discriminatorRate = decay(settings.learningRateDiscriminator(), settings);
    this.generatorRate = decay(settings.learningRateGenerator(), settings);
    this.average = new MovingAverage(settings.ema(), settings.emaWarmUp());
    this.discriminatorGradient = ParameterSet.zeros(state.discriminator().layout(), DataType.FLOAT);
    this.generatorGradient = ParameterSet.zeros(state.generator().layout(), DataType.FLOAT);
    this.generatorUpdate =
        GeneratorUpdate.prepare(
            game, state.generator(), state.discriminator(), generatorGradient, workspace);
    this.discriminatorUpdate =
        DiscriminatorUpdate.prepare(game, state.discriminator(), discriminatorGradient, workspace);
    this.sampling = Sampling.prepareForTraining(game, state.generator(), workspace);
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
    float[] fake = sampling.denoise(draw.discriminator());
    DiscriminatorLosses losses = discriminatorUpdate.run(step, draw.discriminator(), fake);
    NotFiniteException.check(step, "the discriminator's loss on real examples", losses.real());
    NotFiniteException.check(step, "the discriminator's loss on generated ones", losses.fake());
    NotFiniteException.check(step, "the gradient penalty", losses.penalty());
    double discriminatorNorm =
        NotFiniteException.norm(step, "the discriminator", discriminatorGradient);
    double rateD = discriminatorRate.at(step);
    state.discriminatorAdam().update(state.discriminator(), discriminatorGradient, rateD);

    double generatorLoss = generatorUpdate.run(draw.generator());
    NotFiniteException.check(step, "the generator's loss", generatorLoss);
    double generatorNorm = NotFiniteException.norm(step, "the generator", generatorGradient);
    double rateG = generatorRate.at(step);
    state.generatorAdam().update(state.generator(), generatorGradient, rateG);
    average.update(state.average(), state.generator(), step);
    return new StepReport(
        step, losses, generatorLoss, discriminatorNorm, generatorNorm, rateD, rateG);
  }

  /**
   * Times each native call of the latest step without a penalty once more. The weights stay as they
   * are; the optimisers' moments and the average do not.
   *
   * @param repetitions how often each call is run in succession, of which the fastest counts
   */
  public List<CallTime> profile(int repetitions) {
    List<CallTime> times = new ArrayList<>(sampling.profile(repetitions));
    times.addAll(discriminatorUpdate.profile(repetitions));
    times.addAll(generatorUpdate.profile(repetitions));
    ParameterSet d = state.discriminator();
    times.add(time(d, () -> state.discriminatorAdam().update(d, discriminatorGradient, 0)));
    ParameterSet g = state.generator();
    times.add(time(g, () -> state.generatorAdam().update(g, generatorGradient, 0)));
    times.add(time(g, () -> average.update(state.average(), g, Long.MAX_VALUE)));
    return times;
  }

  private static CallTime time(ParameterSet weights, Runnable update) {
    List<Long> shape = List.of(weights.flat().length());
    long start = System.nanoTime();
    update.run();
    return new CallTime(OPTIMISER, List.of(shape), shape, System.nanoTime() - start);
  }

  @Override
  public void close() {
    sampling.close();
    discriminatorUpdate.close();
    generatorUpdate.close();
    workspace.close();
    discriminatorGradient.close();
    generatorGradient.close();
  }
}
