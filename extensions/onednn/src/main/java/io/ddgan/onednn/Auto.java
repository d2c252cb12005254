package io.ddgan.onednn;

import io.ddgan.api.Executor;
import io.ddgan.engine.AdamStep;
import io.ddgan.engine.Call;
import io.ddgan.engine.Engine;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** oneDNN where it can be had, and ND4J elsewhere, which is said once. */
public record Auto() implements Executor {

  @Override
  public Engine start() {
    return new Chosen();
  }

  /** The engine is chosen when it is first needed: most commands compute nothing. */
  private static final class Chosen implements Engine {

    private Optional<Engine> engine = Optional.empty();

    private Engine engine() {
      if (engine.isEmpty()) {
        Optional<String> problem = Availability.problem().or(Availability::backendProblem);
        problem.ifPresent(
            reason ->
                System.getLogger(Auto.class.getName())
                    .log(
                        Availability.hasVectors() ? Level.WARNING : Level.INFO,
                        "the executor onednn, which is faster, is not used: " + reason));
        engine =
            Optional.of(
                problem.isPresent()
                    ? Engine.nd4j()
                    : new OnednnEngine(Onednn.WinogradTiles.TILES_OF_4));
      }
      return engine.get();
    }

    @Override
    public String name() {
      return engine().name();
    }

    @Override
    public Optional<List<Call>> optimise(List<Call> calls, Set<Value> results) {
      return engine().optimise(calls, results);
    }

    @Override
    public void run(List<Kernel> kernels) {
      engine().run(kernels);
    }

    @Override
    public void adam(AdamStep step) {
      engine().adam(step);
    }

    @Override
    public void average(INDArray average, INDArray weights, double decay) {
      engine().average(average, weights, decay);
    }

    @Override
    public double norm(INDArray vector) {
      return engine().norm(vector);
    }
  }
}
