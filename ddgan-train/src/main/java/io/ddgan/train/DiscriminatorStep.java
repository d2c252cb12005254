package io.ddgan.train;

import io.ddgan.graph.CallTime;
import io.ddgan.graph.ParameterSet;
import io.ddgan.graph.Workspace;
import io.ddgan.train.optimiser.CosineDecay;
import io.ddgan.train.step.DiscriminatorLosses;
import io.ddgan.train.step.DiscriminatorReport;
import io.ddgan.train.step.DiscriminatorUpdate;
import io.ddgan.train.step.Game;
import io.ddgan.train.step.NotFiniteException;
import io.ddgan.train.step.Sampling;
import io.ddgan.train.step.UpdateDraw;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The discriminator's part of a training iteration, on examples that the generator makes for it.
 */
final class DiscriminatorStep implements AutoCloseable {

  private final Learner learner;
  private final CosineDecay rate;
  private final ParameterSet gradient;
  private final DiscriminatorUpdate update;
  private final Sampling sampling;

  DiscriminatorStep(
      Game game, Learner learner, ParameterSet generator, CosineDecay rate, Workspace workspace) {
    this.learner = learner;
    this.rate = rate;
    this.gradient = ParameterSet.zeros(learner.weights().layout(), DataType.FLOAT);
    this.update = DiscriminatorUpdate.prepare(game, learner.weights(), gradient, workspace);
    this.sampling = Sampling.prepareForTraining(game, generator, workspace);
  }

  DiscriminatorReport run(long step, UpdateDraw draw) {
    float[] fake = sampling.denoise(draw);
    DiscriminatorLosses losses = update.run(step, draw, fake);
    NotFiniteException.check(step, "the discriminator's loss on real examples", losses.real());
    NotFiniteException.check(step, "the discriminator's loss on generated ones", losses.fake());
    NotFiniteException.check(step, "the gradient penalty", losses.penalty());
    double norm = NotFiniteException.norm(step, "the discriminator", gradient);
    double now = rate.at(step);
    learner.adam().update(learner.weights(), gradient, now);
    return new DiscriminatorReport(losses, norm, now);
  }

  List<CallTime> profile(int repetitions) {
    List<CallTime> times = new ArrayList<>(sampling.profile(repetitions));
    times.addAll(update.profile(repetitions));
    ParameterSet weights = learner.weights();
    times.add(TrainingStep.time(weights, () -> learner.adam().update(weights, gradient, 0)));
    return times;
  }

  /** Bytes of memory without the shared workspace. */
  long bytes() {
    return gradient.bytes() + update.bytes() + sampling.bytes();
  }

  @Override
  public void close() {
    sampling.close();
    update.close();
    gradient.close();
  }
}
