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

/** Draws samples of the averaged generator while it is trained. */
record SampleGrids(
    TrainingSettings settings,
    RunFolder folder,
    RandomStreams random,
    SamplingLoop synthesis,
    SampleRenderer pictures,
    CompositeTrainingListener audience,
    BooleanSupplier stop) {

  /** Draws what a process that was stopped has left out. */
  void resume(long first) throws IOException {
    if (first > 0 && !Files.exists(file(first))) {
      draw(first);
    }
  }

  /** Draws, where it is due, unless the training is to be stopped: resumed, it draws then. */
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
                audience.tell(listener -> listener.onSampling(evaluations, all));
                if (stop.getAsBoolean()) {
                  throw new CancellationException("the training is to be stopped");
                }
              });
    } catch (CancellationException e) {
      return;
    }
    folder.requireStillThere();
    Files.createDirectories(folder.samples());
    pictures.write(samples, file(done));
    audience.tell(listener -> listener.onSamples(done, file(done)));
  }

  private Path file(long done) {
    return folder.samples().resolve("%08d.png".formatted(done));
  }
}
