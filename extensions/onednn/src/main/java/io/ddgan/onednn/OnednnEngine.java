package io.ddgan.onednn;

import io.ddgan.api.RefusedException;
import io.ddgan.engine.AdamStep;
import io.ddgan.engine.Call;
import io.ddgan.engine.Engine;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.OperationCall;
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

/** Runs kernels of oneDNN 3 and of Java's vectors on threads that share the examples of a batch. */
final class OnednnEngine implements Engine {

  /**
   * Minimum operations of a plan's convolutions. Smaller plans are faster in ND4J, because threads
   * would wait for each other longer than they compute.
   */
  private static final double FEWEST_OPERATIONS = 1e7;

  private final IntSupplier threads;
  private final boolean winograd;
  private final double fewestOperations;
  private Optional<Boolean> isUsable;
  private Optional<KernelRuntime> started = Optional.empty();
  private int plans;

  /**
   * Creates an engine with as many threads as ND4J.
   *
   * @param isOptional true to use ND4J if oneDNN is not available
   */
  OnednnEngine(boolean winograd, boolean isOptional) {
    this(winograd, () -> Nd4j.getEnvironment().maxThreads(), FEWEST_OPERATIONS, isOptional);
  }

  /**
   * Creates an engine.
   *
   * @param fewestOperations minimum operations of a plan's convolutions; ND4J runs smaller plans
   */
  OnednnEngine(boolean winograd, IntSupplier threads, double fewestOperations, boolean isOptional) {
    this.isUsable = isOptional ? Optional.empty() : Optional.of(true);
    this.winograd = winograd;
    this.threads = threads;
    this.fewestOperations = fewestOperations;
  }

  /** Returns the runtime, which starts with the first plan, when ND4J is loaded. */
  private KernelRuntime runtime() {
    if (started.isEmpty()) {
      Availability.backendProblem()
          .ifPresent(
              reason -> {
                throw new RefusedException("the executor onednn is not available: " + reason);
              });
      started = Optional.of(new KernelRuntime(threads.getAsInt()));
    }
    return started.get();
  }

  /** Checks the availability on first use, because most commands compute nothing. */
  private boolean isUsable() {
    if (isUsable.isEmpty()) {
      Optional<String> problem = Availability.problem().or(Availability::backendProblem);
      problem.ifPresent(
          reason ->
              System.getLogger(OnednnEngine.class.getName())
                  .log(
                      Availability.hasVectors() ? Level.WARNING : Level.INFO,
                      "using ND4J, because the faster executor onednn is not available: "
                          + reason));
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
    double operations = calls.stream().mapToDouble(OnednnEngine::usualOperations).sum();
    if (!isUsable() || operations < fewestOperations) {
      return Optional.empty();
    }
    if (!calls.stream().allMatch(OnednnEngine::canReach)) {
      System.getLogger(OnednnEngine.class.getName())
          .log(
              Level.WARNING,
              "arrays of more than 2 GiB are too large for the executor onednn; using the slower"
                  + " ND4J for them; use smaller batches to avoid this");
      return Optional.empty();
    }
    plans++;
    try {
      return Optional.of(ChannelsLast.of(runtime(), winograd, calls, results));
    } catch (RuntimeException | Error e) {
      release();
      throw e;
    }
  }

  /** Ends the runtime with the last plan; the next plan starts another one. */
  @Override
  public void release() {
    plans--;
    if (plans == 0) {
      started.ifPresent(KernelRuntime::close);
      started = Optional.empty();
    }
  }

  private static double usualOperations(Call call) {
    return call.operations() * (call instanceof OperationCall each ? each.batchScale() : 1);
  }

  private static boolean canReach(Call call) {
    return Stream.concat(call.inputs().stream(), call.outputs().stream())
        .allMatch(value -> NativeFloats.fit(value.length()));
  }

  @Override
  public void run(List<Kernel> kernels) {
    if (started.isEmpty()) { // all plans and threads are ND4J's
      kernels.forEach(Kernel::run);
      return;
    }
    List<Kernel> unused =
        started
            .get()
            .singleThreaded(
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
    // the sum of squares may overflow although the norm does not
    double norm = canUpdate(vector) ? WeightUpdates.norm(runtime(), vector) : Double.NaN;
    return Double.isFinite(norm) ? norm : Engine.super.norm(vector);
  }

  /** Returns whether kernels can update vectors; otherwise ND4J does. */
  private boolean canUpdate(INDArray... vectors) {
    return started.isPresent() && Stream.of(vectors).allMatch(WeightUpdates::isVector);
  }
}
