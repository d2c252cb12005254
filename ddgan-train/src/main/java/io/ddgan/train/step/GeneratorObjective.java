package io.ddgan.train.step;

import io.ddgan.graph.CallTime;
import io.ddgan.graph.CompiledPlan;
import java.util.List;

/** What the generator is trained for: a loss and its gradient. */
public interface GeneratorObjective extends AutoCloseable {

  /** Computes the gradient and returns the loss. */
  double run(UpdateDraw draw);

  /** Times each call of the latest update, see {@link CompiledPlan#profile}. */
  List<CallTime> profile(int repetitions);

  /** Bytes of memory of the plans, see {@link CompiledPlan#bytes}. */
  long bytes();

  @Override
  void close();
}
