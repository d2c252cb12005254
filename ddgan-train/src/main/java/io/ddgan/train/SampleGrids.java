package io.ddgan.train;

import io.ddgan.random.RandomStreams;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.picture.SampleRenderer;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.SamplingLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Draws sample grids of the EMA generator during training. */
record SampleGrids(
    TrainingSettings settings,
    RunFolder folder,
    RandomStreams random,
    SamplingLoop synthesis,
    SampleRenderer pictures,
    CompositeTrainingListener notifier,
    BooleanSupplier stop) {

  /** Draws the grid of the first step if a process was stopped before it did. */
  void resume(long first) throws IOException {
    if (first > 0 && !Files.exists(file(first))) {
      draw(first);
    }
  }

  /**
   * Draws a grid if one is due. Stops early with the training; a resumed run draws the grid then.
   */
  void draw(long done) throws IOException {
    boolean isDue =
        settings.sampleEvery() > 0
            && (done % settings.sampleEvery() == 0 || done == settings.steps())
            && SampleRenderer.canShow(synthesis.shape());
    if (!isDue) {
      return;
    }
    float[] samples;
    try {
      samples =
          synthesis.sample(
              random,
              0,
              settings.sampleCount(),
              Optional.empty(),
              (what, evaluations, all) -> {
                notifier.notifyEach(listener -> listener.onSamplingProgress(evaluations, all));
                if (stop.getAsBoolean()) {
                  throw new CancellationException("training is stopping");
                }
              });
    } catch (CancellationException e) {
      return;
    }
    folder.requireStillThere();
    Files.createDirectories(folder.samples());
    pictures.write(samples, file(done));
    notifier.notifyEach(listener -> listener.onSamples(done, file(done)));
  }

  private Path file(long done) {
    return folder.samples().resolve("%08d.png".formatted(done));
  }
}
