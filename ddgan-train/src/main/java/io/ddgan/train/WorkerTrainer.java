package io.ddgan.train;

import io.ddgan.api.OpenDataset;
import io.ddgan.api.ProcessGroup;
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
 * Trains as a worker process, together with the {@link Trainer} of rank 0. It reads checkpoints and
 * writes nothing.
 *
 * @param folder the run's folder, locked by rank 0
 * @param experiment the configuration as text
 */
public record WorkerTrainer(
    Setup setup, RunFolder folder, Readers readers, String experiment, ProcessGroup exchange) {

  /**
   * Trains until rank 0 ends.
   *
   * @param stop polled before every step; true lets rank 0 save a checkpoint and end
   */
  public long train(OpenDataset data, BooleanSupplier stop)
      throws IOException, InterruptedException {
    TrainingSettings settings = setup.experiment().training();
    ModelDefinition model = setup.model(data.shape(), Setup.classes(data));
    OptionalLong checkpoint = exchange.agreeOnFirstStep(experiment, OptionalLong.empty());
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
        while (exchange.agreeToContinue(!stop.getAsBoolean())) {
          step.run(done, prefetcher.next());
          done++;
        }
      }
      return done;
    }
  }
}
