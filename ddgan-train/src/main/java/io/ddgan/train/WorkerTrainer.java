package io.ddgan.train;

import io.ddgan.api.Examples;
import io.ddgan.api.GradientExchange;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.data.Prefetcher;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.phase.PhaseDraw;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.step.TrainingState;
import io.ddgan.train.step.TrainingStep;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Does the steps of a training together with the process of rank 0, whose {@link Trainer} keeps the
 * run: this one reads its checkpoint and writes nothing.
 *
 * @param folder the run's, which rank 0 has locked
 * @param experiment what is trained, as text
 */
public record WorkerTrainer(
    Setup setup, RunFolder folder, Readers readers, String experiment, GradientExchange exchange) {

  /**
   * Trains as long as rank 0 does.
   *
   * @param stop asked before every step; true lets rank 0 save and end
   */
  public long train(Examples data, BooleanSupplier stop) throws IOException, InterruptedException {
    TrainingSettings settings = setup.experiment().training();
    ModelDefinition model = setup.model(data.shape(), Setup.classes(data));
    OptionalLong checkpoint = exchange.begin(experiment, OptionalLong.empty());
    try (TrainingState state = TrainingState.initial(setup, model, data.shape());
        TrainingStep step = new TrainingStep(model, settings, state, exchange)) {
      if (checkpoint.isPresent()) {
        CheckpointStore store =
            new CheckpointStore(folder.checkpoints(), settings.keepCheckpoints());
        state.restore(store.load(checkpoint.getAsLong()), TrainingState.CHECKPOINT);
      }
      long done = checkpoint.orElse(0);
      try (Prefetcher<Map<String, PhaseDraw>> prefetcher =
          Trainer.prepare(setup, data, readers, step, done)) {
        while (exchange.next(!stop.getAsBoolean())) {
          step.run(done, prefetcher.next());
          done++;
        }
      }
      return done;
    }
  }
}
