package io.ddgan.app.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.Model;
import io.ddgan.api.RefusedException;
import io.ddgan.api.TrainingListener;
import io.ddgan.embed.Ddgan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logits of trained discriminators for steps. */
@Tag("slow")
class JudgedStepsTest {

  private static final Path MODELS = Path.of("src/main/dist/models").toAbsolutePath();

  private static final float[] CLEANER = {0, 0, 1, 0.5f, -1, 2};
  private static final float[] NOISIER = {0.1f, 0, 1, 0.4f, -1, 1};
  private static final float[] ELSEWHERE = {2, -1, -1, 0, 0.5f, 0};

  @TempDir Path folder;

  private final Ddgan ddgan = Ddgan.open();

  @AfterEach
  void close() {
    ddgan.close();
  }

  @Test
  void logitsDependOnBothStatesAndTheTime() throws IOException {
    try (Model points = ddgan.load(MODELS.resolve("gaussians-25"))) {
      float[] logits = logits(points, 1, CLEANER, NOISIER);
      assertEquals(3, logits.length);
      assertDiffers(logits, logits(points, 1, ELSEWHERE, NOISIER), "x_t");
      assertDiffers(logits, logits(points, 1, CLEANER, ELSEWHERE), "x_{t+1}");
      assertDiffers(logits, logits(points, 2, CLEANER, NOISIER), "t");
      assertThrows(
          RefusedException.class, () -> points.discriminatorLogits(4, CLEANER, NOISIER, 0));
      float[] fewer = Arrays.copyOf(NOISIER, 4);
      assertThrows(RefusedException.class, () -> points.discriminatorLogits(0, CLEANER, fewer, 0));
    }
  }

  @Test
  void logitsDoNotDependOnOtherSteps() throws IOException {
    try (Model points = ddgan.load(MODELS.resolve("gaussians-25"))) {
      float[] all = logits(points, 0, CLEANER, NOISIER);
      float[] last =
          logits(points, 0, Arrays.copyOfRange(CLEANER, 4, 6), Arrays.copyOfRange(NOISIER, 4, 6));
      assertArrayEquals(new float[] {all[2]}, last, 1e-5f);
    }
  }

  @Test
  void logitsIgnoreXtp1IfTheDiscriminatorDoes() throws Exception {
    Path run = folder.resolve("blind");
    var unused =
        ddgan.train(
            ddgan.experiment(
                "gaussians-25",
                "training.steps=2",
                "training.batch-size=8",
                "training.sample-every=0",
                "generator.width=8",
                "discriminator.width=8",
                "objective.discriminator-inputs.xtp1=false",
                "evaluation.metrics=[]"),
            run,
            new TrainingListener() {});
    try (Model blind = ddgan.load(run)) {
      // as a running training prunes checkpoints before the discriminator is loaded
      Files.move(run.resolve("checkpoints"), run.resolve("best"));
      assertArrayEquals(logits(blind, 1, CLEANER, NOISIER), logits(blind, 1, CLEANER, ELSEWHERE));
    }
  }

  @Test
  void modelWithoutDiscriminatorHasNoLogits() throws IOException {
    try (Model garments = ddgan.load(MODELS.resolve("fashion-mnist"))) {
      float[] images = new float[garments.shape().size()];
      assertEquals(Optional.empty(), garments.discriminatorLogits(0, images, images, 0));
    }
  }

  private static float[] logits(Model model, int t, float[] xt, float[] xtp1) throws IOException {
    return model.discriminatorLogits(t, xt, xtp1, 0).orElseThrow();
  }

  private static void assertDiffers(float[] one, float[] other, String what) {
    assertFalse(Arrays.equals(one, other), what);
  }
}
