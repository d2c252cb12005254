package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.graph.ParameterSet;
import io.ddgan.graph.Workspace;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.step.DiscriminatorLosses;
import io.ddgan.train.step.DiscriminatorUpdate;
import io.ddgan.train.step.Game;
import io.ddgan.train.step.UpdateDraw;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

class TangentRuleTest {

  @TempDir Path folder;

  @Test
  void ofAPlugInReachesTheGradientPenalty() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("experiment.conf"),
            """
            data.type = example-data
            schedule.type = vp
            generator { type = example-sum, latent-size = 8 }
            discriminator.type = example-sine
            loss.type = example-loss
            penalty { type = r1, gamma = 2, every = 1 }
            """);
    try (Framework framework = new Framework()) {
      Game game =
          framework
              .setup(framework.experiment(file.toString(), List.of()))
              .game(DataShape.point(1), 1);
      var layout = game.discriminatorLayout().orElseThrow();
      try (ParameterSet weights = ParameterSet.zeros(layout, DataType.FLOAT);
          ParameterSet gradient = ParameterSet.zeros(layout, DataType.FLOAT);
          Workspace workspace = new Workspace();
          DiscriminatorUpdate update =
              DiscriminatorUpdate.prepare(game, weights, gradient, workspace)) {
        weights.flat().assign(2);
        float[] real = {0.3f};
        DiscriminatorLosses losses =
            update.run(
                0,
                new UpdateDraw(
                    new int[1],
                    real,
                    real,
                    new float[1],
                    new float[8],
                    new float[1],
                    new RandomStreams(0)),
                real);
        // D = sin(w x) - noisy and v = w cos(w x), so that the penalty is v^2.
        double v = 2 * Math.cos(2 * 0.3);
        assertEquals(v * v, losses.penalty(), 1e-6);
        // The losses cancel, as both examples are the same.
        double derivative = Math.cos(2 * 0.3) - 2 * 0.3 * Math.sin(2 * 0.3);
        assertEquals(2 * v * derivative, gradient.flat().getDouble(0), 1e-5);
      }
    }
  }
}
