package io.ddgan.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs ND4J's operations one after the other. */
final class Nd4jEngine implements Engine {

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public Optional<List<Call>> optimise(List<Call> calls, Set<Value> results) {
    return Optional.empty();
  }

  @Override
  public void run(List<Kernel> kernels) {
    kernels.forEach(Kernel::run);
  }
}
