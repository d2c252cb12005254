package io.ddgan.train.step;

import io.ddgan.api.Optimiser;
import io.ddgan.api.Ramp;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.optimiser.Adam;
import java.util.List;
import java.util.Optional;

/** Settings of a tiny training; the other keys do not matter. */
record Options(
    int shards,
    Optimiser optimiser,
    Ramp rate,
    double rateEnd,
    Optional<Ramp> clip,
    double ema,
    Optional<Ramp> halfLife,
    boolean warmUp) {

  private static final long STEPS = 60;

  Options() {
    this(
        1,
        new Adam(Ramp.constant(0.5), Ramp.constant(0.9), 1e-8),
        Ramp.constant(0.05),
        0.01,
        Optional.empty(),
        0.9,
        Optional.empty(),
        false);
  }

  Options withShards(int parts) {
    return new Options(parts, optimiser, rate, rateEnd, clip, ema, halfLife, warmUp);
  }

  Options withOptimiser(Optimiser other) {
    return new Options(shards, other, rate, rateEnd, clip, ema, halfLife, warmUp);
  }

  Options withRate(Ramp other) {
    return new Options(shards, optimiser, other, rateEnd, clip, ema, halfLife, warmUp);
  }

  Options withRateEnd(double other) {
    return new Options(shards, optimiser, rate, other, clip, ema, halfLife, warmUp);
  }

  Options withClip(double longest) {
    Optional<Ramp> ramp = Optional.of(Ramp.constant(longest));
    return new Options(shards, optimiser, rate, rateEnd, ramp, ema, halfLife, warmUp);
  }

  Options withEma(double decay) {
    return new Options(shards, optimiser, rate, rateEnd, clip, decay, halfLife, warmUp);
  }

  Options withHalfLife(double examples) {
    Optional<Ramp> ramp = Optional.of(Ramp.constant(examples));
    return new Options(shards, optimiser, rate, rateEnd, clip, ema, ramp, warmUp);
  }

  Options withWarmUp() {
    return new Options(shards, optimiser, rate, rateEnd, clip, ema, halfLife, true);
  }

  TrainingSettings settings() {
    return new TrainingSettings(
        TinyTraining.BATCH,
        shards,
        STEPS,
        rate,
        rate,
        rateEnd,
        optimiser,
        clip,
        Ramp.constant(ema),
        halfLife,
        warmUp,
        List.of(),
        1,
        0,
        1,
        1,
        1);
  }
}
