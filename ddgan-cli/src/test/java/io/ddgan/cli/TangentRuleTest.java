package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.api.GradientExchange;
import io.ddgan.api.Objective;
import io.ddgan.api.Phase;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.graph.Workspace;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.phase.AdaptiveNumbers;
import io.ddgan.train.phase.CompiledPhase;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.phase.PhaseDraw;
import io.ddgan.train.phase.ShardSum;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
            penalty { type = r1, gamma = 2, every = 2 }
            """);
    try (Framework framework = new Framework()) {
      Setup setup = framework.setup(framework.experiment(file.toString(), List.of()));
      ModelDefinition model = setup.model(DataShape.point(1), 0).withBatch(1);
      Map<String, ParameterLayout> layouts = model.used().layouts();
      Phase phase = model.phases().get(0);
      try (ParameterSet weights =
              ParameterSet.zeros(layouts.get(Objective.DISCRIMINATOR), DataType.FLOAT);
          ShardSum sum = new ShardSum(1, GradientExchange.ALONE, weights.layout());
          ParameterSet none = ParameterSet.zeros(layouts.get(Objective.GENERATOR), DataType.FLOAT);
          Workspace workspace = new Workspace();
          CompiledPhase update =
              new CompiledPhase(
                  phase,
                  model,
                  name -> name.equals(Objective.DISCRIMINATOR) ? weights : none,
                  new AdaptiveNumbers(Map.of()),
                  sum,
                  workspace)) {
        weights.flat().assign(2);
        PhaseDraw with = draw(update, 0);
        PhaseDraw without = draw(update, 1);
        double penalty = update.run(0, with).get("penalty");
        double whole = sum.gradient().flat().getDouble(0);
        update.run(1, without);
        double losses = sum.gradient().flat().getDouble(0);
        // D = sin(w x) - noisier and v = w cos(w x), so that the penalty is v^2.
        double v = 2 * Math.cos(2 * 0.3);
        assertEquals(v * v, penalty, 1e-6);
        double derivative = Math.cos(2 * 0.3) - 2 * 0.3 * Math.sin(2 * 0.3);
        assertEquals(2 * v * derivative, whole - losses, 1e-5);
      }
    }
  }

  /** At time 0, where x_t is x_0 without noise. */
  private static PhaseDraw draw(CompiledPhase update, long step) {
    Map<String, float[]> known =
        Map.of(
            "normal/cleaner", new float[1],
            "normal/noisier", new float[1],
            "normal/reverse", new float[1],
            "latent", new float[8]);
    return update.draw(
        step, 2, new float[] {0.3f}, new int[1], new int[1], known, new RandomStreams(0));
  }
}
