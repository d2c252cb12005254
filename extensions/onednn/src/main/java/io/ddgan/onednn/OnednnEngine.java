package io.ddgan.onednn;

import io.ddgan.api.RefusedException;
import io.ddgan.engine.AdamStep;
import io.ddgan.engine.Call;
import io.ddgan.engine.Engine;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.NativeFloats;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Kernels of oneDNN 3 and of vectors, on threads that share the examples of a batch. */
final class OnednnEngine implements Engine {

  /**
   * Plans without convolutions, or with tiny ones only, are faster in ND4J: their kernels would
   * wait for each other longer than they work.
   */
  private static final double FEWEST_OPERATIONS = 1e7;

  private final IntSupplier threads;
  private final boolean winograd;
  private final double fewestOperations;
  private Optional<Boolean> isUsable;
  private Optional<KernelRuntime> started = Optional.empty();

  /**
   * With as many threads as ND4J has.
   *
   * @param isOptional whether all plans are left to ND4J where oneDNN cannot be used
   */
  OnednnEngine(boolean winograd, boolean isOptional) {
    this(winograd, () -> Nd4j.getEnvironment().maxThreads(), FEWEST_OPERATIONS, isOptional);
  }

  /**
   * An engine.
   *
   * @param fewestOperations of the convolutions of plans that are not left to ND4J
   */
  OnednnEngine(boolean winograd, IntSupplier threads, double fewestOperations, boolean isOptional) {
    this.isUsable = isOptional ? Optional.empty() : Optional.of(true);
    this.winograd = winograd;
    this.threads = threads;
    this.fewestOperations = fewestOperations;
  }

  /** Started with the first plan, when ND4J has been loaded. */
  private KernelRuntime runtime() {
    if (started.isEmpty()) {
      Availability.backendProblem()
          .ifPresent(
              reason -> {
                throw new RefusedException("the executor onednn cannot be used: " + reason);
              });
      started = Optional.of(new KernelRuntime(threads.getAsInt()));
    }
    return started.get();
  }

  /** Looked up when it is first needed: most commands compute nothing. */
  private boolean isUsable() {
    if (isUsable.isEmpty()) {
      Optional<String> problem = Availability.problem().or(Availability::backendProblem);
      problem.ifPresent(
          reason ->
              System.getLogger(OnednnEngine.class.getName())
                  .log(
                      Availability.hasVectors() ? Level.WARNING : Level.INFO,
                      "the executor onednn, which is faster, is not used: " + reason));
      isUsable = Optional.of(problem.isEmpty());
    }
    return isUsable.get();
  }

  @Override
  public String name() {
    return isUsable() ? "onednn" : Engine.nd4j().name();
  }

  @Override
  public Optional<List<Call>> optimise(List<Call> calls, Set<Value> results) {
    double operations = calls.stream().mapToDouble(Call::operations).sum();
    if (!isUsable() || operations < fewestOperations) {
      return Optional.empty();
    }
    if (!calls.stream().allMatch(OnednnEngine::canReach)) {
      System.getLogger(OnednnEngine.class.getName())
          .log(
              Level.WARNING,
              "arrays of more than 2 GiB are too large for the executor onednn; ND4J computes what"
                  + " has them, slower; smaller batches have none");
      return Optional.empty();
    }
    return Optional.of(ChannelsLast.of(runtime(), winograd, calls, results));
  }

  private static boolean canReach(Call call) {
    return Stream.concat(call.inputs().stream(), call.outputs().stream())
        .allMatch(value -> NativeFloats.fit(value.length()));
  }

  @Override
  public void run(List<Kernel> kernels) {
    if (started.isEmpty()) { // all plans are ND4J's, and so are the threads
      kernels.forEach(Kernel::run);
      return;
    }
    List<Kernel> unused =
        started
            .get()
            .alone(
                () -> {
                  kernels.forEach(Kernel::run);
                  return kernels;
                });
  }

  @Override
  public void adam(AdamStep step) {
    if (canUpdate(step.weights(), step.gradient(), step.mean(), step.square())) {
      WeightUpdates.adam(runtime(), step);
    } else {
      Engine.super.adam(step);
    }
  }

  @Override
  public void average(INDArray average, INDArray weights, double decay) {
    if (canUpdate(average, weights)) {
      WeightUpdates.average(runtime(), average, weights, decay);
    } else {
      Engine.super.average(average, weights, decay);
    }
  }

  @Override
  public double norm(INDArray vector) {
    // squares overflow before their root does
    double norm = canUpdate(vector) ? WeightUpdates.norm(runtime(), vector) : Double.NaN;
    return Double.isFinite(norm) ? norm : Engine.super.norm(vector);
  }

  /** Updates are ND4J's where all plans are, and of what kernels cannot walk through. */
  private boolean canUpdate(INDArray... vectors) {
    return started.isPresent() && Stream.of(vectors).allMatch(WeightUpdates::isVector);
  }
}
