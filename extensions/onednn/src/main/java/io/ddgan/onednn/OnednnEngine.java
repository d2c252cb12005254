package io.ddgan.onednn;

import io.ddgan.engine.Call;
import io.ddgan.engine.Engine;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Kernels of oneDNN 3 and of vectors, on threads that share the examples of a batch. */
final class OnednnEngine implements Engine {

  private final int threads;
  private Optional<Runtime> started = Optional.empty();

  OnednnEngine(int threads) {
    this.threads = threads;
  }

  /** Started with the first plan, when ND4J has been loaded. */
  private Runtime runtime() {
    if (started.isEmpty()) {
      started = Optional.of(new Runtime(threads));
    }
    return started.get();
  }

  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public List<Call> optimise(List<Call> calls, Set<Value> results) {
    return ChannelsLast.of(runtime(), calls, results);
  }

  @Override
  public void run(List<Kernel> kernels) {
    Runtime runtime = runtime();
    runtime.alone(
        () -> {
          kernels.forEach(Kernel::run);
          return kernels;
        });
  }
}
