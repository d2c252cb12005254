package io.ddgan.internal.graph;

import io.ddgan.api.RefusedException;
import io.ddgan.engine.Call;
import io.ddgan.engine.CallTime;
import io.ddgan.engine.Engine;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Assign;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph compiled to a fixed list of native calls on preallocated memory. Write the inputs, run,
 * and read the outputs. From the second run on, running allocates and infers nothing. Use a plan in
 * one thread at a time.
 */
public final class CompiledPlan implements AutoCloseable {

  private final Parts parts;
  private Optional<List<Kernel>> kernels = Optional.empty();
  private boolean closed;

  private CompiledPlan(Parts parts) {
    this.parts = parts;
    parts.arena.reserve(parts.workspace);
  }

  /** The parts of a plan. */
  private record Parts(
      Map<String, INDArray> inputs,
      List<Dropout> dropouts,
      Map<String, Value> outputs,
      ConstantCalls constant,
      List<Call> calls,
      Engine engine,
      Arena arena,
      List<INDArray> owned,
      Set<String> used,
      boolean isComplete,
      Workspace workspace,
      boolean isShared) {}

  /** Returns a builder of plans for a graph. */
  public static Builder of(Graph graph) {
    return new Builder(graph);
  }

  /** Returns the memory of an input, to be written before a run. */
  public INDArray input(String name) {
    return find(parts.inputs, name, "input");
  }

  /** Returns the names of the inputs that the outputs and gradients depend on. */
  public Set<String> used() {
    return parts.used;
  }

  /**
   * Returns whether every run overwrites the whole memory of the gradients, see {@link
   * Builder#gradients}.
   */
  public boolean isComplete() {
    return parts.isComplete;
  }

  /** Returns the memory of an output, valid until the next run of a plan in the same workspace. */
  public INDArray output(String name) {
    Value output = find(parts.outputs, name, "output");
    List<Kernel> unused = kernels(); // binding assigns its memory
    return output.array();
  }

  /** Returns the shape of an output, also before the first run. */
  public long[] shape(String name) {
    return find(parts.outputs, name, "output").shape().clone();
  }

  /** Binds the calls on first use, when the workspace knows the sizes of all its plans. */
  private List<Kernel> kernels() {
    requireOpen();
    if (kernels.isEmpty()) {
      parts.arena.place(parts.workspace);
      List<Kernel> bound = new ArrayList<>();
      kernels = Optional.of(bound); // closing frees them even if a later one fails
      try {
        // Bind on the engine's threads: calls may experiment, and must do so as they will run.
        parts.engine.run(
            List.of(
                () -> {
                  parts.constant.run();
                  parts.calls.forEach(call -> bound.add(call.bind()));
                }));
      } catch (RuntimeException | Error e) { // such as an OutOfMemoryError
        close();
        throw e;
      }
    }
    return kernels.get();
  }

  /** Copies an output of type float in row-major order, see {@link #output}. */
  public float[] get(String name) {
    INDArray array = output(name);
    if (array.data().length() == array.length()) {
      return array.data().asFloat();
    }
    try (INDArray copy = array.dup('c')) { // data() of a view would be the whole buffer
      return copy.data().asFloat();
    }
  }

  /** Copies values in row-major order into an input of type float. */
  public void set(String name, float[] values) {
    INDArray array = input(name);
    if (array.length() != values.length) {
      throw new IllegalArgumentException(
          "input %s has %d elements, not %d".formatted(name, array.length(), values.length));
    }
    array.data().setData(values);
  }

  /** Draws new dropout masks, each from the random stream of its input's name. */
  public void drawDropout(RandomStreams random) {
    for (Dropout dropout : parts.dropouts) {
      set(dropout.input(), dropout.mask(random.stream(dropout.input())));
    }
  }

  /** Runs all calls in order. */
  public void run() {
    parts.engine.run(kernels());
  }

  /**
   * Runs all calls in order like {@link #run} and returns the time of each: the fastest of
   * consecutive repetitions. One repetition measures a normal run, more measure the isolated calls.
   */
  public List<CallTime> profile(int repetitions) {
    List<TimedKernel> timed = kernels().stream().map(k -> new TimedKernel(k, repetitions)).toList();
    parts.engine.run(List.copyOf(timed));
    List<CallTime> times = new ArrayList<>(size());
    for (int i = 0; i < timed.size(); i++) {
      Call call = parts.calls.get(i);
      List<Long> shape = LongStream.of(call.output().shape()).boxed().toList();
      times.add(new CallTime(call.name(), shape, call.operations(), timed.get(i).fastest));
    }
    return times;
  }

  /** Measures the time of a kernel. */
  private static final class TimedKernel implements Kernel {

    private final Kernel kernel;
    private final int repetitions;
    private long fastest = Long.MAX_VALUE;

    TimedKernel(Kernel kernel, int repetitions) {
      this.kernel = kernel;
      this.repetitions = repetitions;
    }

    @Override
    public void run() {
      for (int i = 0; i < repetitions; i++) {
        long start = System.nanoTime();
        kernel.run();
        fastest = Math.min(fastest, System.nanoTime() - start);
      }
    }
  }

  /** Returns the number of calls in a run. */
  public int size() {
    return parts.calls.size();
  }

  /** Returns the size of the intermediate values in bytes. */
  long workingMemory() {
    return parts.arena.bytes();
  }

  /** Returns the bytes that only this plan holds: inputs, constants and its own workspace. */
  public long bytes() {
    return parts.owned.stream().mapToLong(a -> a.length() * a.dataType().width()).sum()
        + parts.constant.workspace().bytes()
        + (parts.isShared ? 0 : parts.workspace.bytes());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the plan is closed");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    kernels.ifPresent(bound -> bound.forEach(Kernel::close));
    parts.engine.release();
    if (!parts.isShared) {
      parts.workspace.close();
    }
    parts.constant.workspace().close();
    parts.owned.forEach(INDArray::close);
  }

  private <T> T find(Map<String, T> all, String name, String kind) {
    requireOpen();
    T found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "the plan has no %s named %s, only %s".formatted(kind, name, all.keySet()));
    }
    return found;
  }

  /** Sets the outputs of a plan and the memory of its parameters and gradients. */
  public static final class Builder {

    private final Graph graph;
    private final Map<String, ParameterSet> parameters = new LinkedHashMap<>();
    private final Map<String, SDVariable> outputs = new LinkedHashMap<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private boolean areWeightsConstant;
    private boolean isComplete = true;
    private Optional<Workspace> shared = Optional.empty();
    private Engine engine = Engine.nd4j();
    private Engine runner = engine;
    private Optional<BatchInvariance> batchInvariance = Optional.empty();

    private Builder(Graph graph) {
      this.graph = graph;
    }

    /** Sets the weights of a network of the graph; they are read in place. */
    public Builder parameters(String network, ParameterSet weights) {
      graph.network(network);
      parameters.put(network, weights);
      return this;
    }

    /**
     * Sets whether the weights stay the same from the first run, so that what depends on them alone
     * is computed once.
     */
    public Builder constantWeights(boolean areConstant) {
      areWeightsConstant = areConstant;
      return this;
    }

    /** Sets a shared workspace, which the plan does not close. */
    public Builder in(Workspace workspace) {
      shared = Optional.of(workspace);
      return this;
    }

    /** Sets the engine that runs the plan; the default is ND4J. */
    public Builder on(Engine other) {
      engine = other;
      return this;
    }

    /**
     * Makes the bits of an example independent of the batch: of its position, and of the number of
     * examples, which is the first dimension of all values. This may divide matrix products into
     * smaller ones, or pad them.
     *
     * @param count number of examples
     * @param usual number of examples whose bits all plans have
     */
    public Builder batchInvariance(int count, int usual) {
      batchInvariance = Optional.of(new BatchInvariance(count, usual));
      return this;
    }

    /** Adds an output: a variable under a name chosen by the caller. */
    public Builder output(String name, SDVariable variable) {
      outputs.put(name, variable);
      return this;
    }

    /**
     * Adds the gradient of a loss with respect to all trained parameters of a network.
     *
     * @param constants variables that no gradient flows through
     * @param destination overwritten by every run. Parameters that are not trained or do not affect
     *     the loss are not written, so pass zeros
     */
    public Builder gradients(
        String network, SDVariable loss, Set<SDVariable> constants, ParameterSet destination) {
      Map<String, SDVariable> variables = graph.network(network).trained();
      Map<SDVariable, SDVariable> gradients =
          new ReverseMode(graph.sameDiff()).gradients(loss, variables.values(), constants);
      isComplete &= gradients.size() == destination.layout().entries().size();
      variables.forEach(
          (name, variable) -> {
            if (gradients.containsKey(variable)) {
              deliveries.add(new Delivery(name, gradients.get(variable), destination.view(name)));
            }
          });
      return this;
    }

    /**
     * Plans the memory and prepares the native calls. Throws a RefusedException if it does not fit
     * in memory.
     */
    public CompiledPlan build() {
      Map<String, INDArray> inputs = new LinkedHashMap<>(); // also freed after a failure
      Workspace workspace = shared.orElseGet(Workspace::new);
      Tracer tracer = new Tracer(graph.sameDiff());
      runner = Engine.nd4j();
      try (tracer) {
        return build(tracer, inputs, workspace);
      } catch (RuntimeException | Error e) {
        runner.release();
        inputs.values().forEach(INDArray::close);
        tracer.constants().forEach(INDArray::close);
        if (shared.isEmpty()) {
          workspace.close();
        }
        throw e;
      }
    }

    private CompiledPlan build(Tracer tracer, Map<String, INDArray> inputs, Workspace workspace) {
      Map<String, Value> places = new LinkedHashMap<>();
      graph
          .inputs()
          .forEach(
              (name, variable) -> {
                places.put(name, Value.planned(graph.dataType(), variable.placeholderShape()));
                tracer.define(variable, places.get(name));
              });
      for (NetworkParameters network : graph.networks()) {
        ParameterSet weights = parameters.get(network.network());
        if (weights != null) {
          network.variables().forEach((name, v) -> tracer.define(v, weight(weights.view(name))));
        }
      }
      List<SDVariable> wanted = new ArrayList<>(outputs.values());
      deliveries.forEach(d -> wanted.add(d.variable()));
      tracer.trace(wanted);
      place(places, inputs);

      List<Call> traced = new ArrayList<>(tracer.calls());
      deliveries.forEach(d -> deliver(d, tracer.value(d.variable()), traced));
      Map<String, Value> results = new LinkedHashMap<>();
      outputs.forEach((name, v) -> results.put(name, tracer.value(v)));
      Set<Value> kept = Set.copyOf(results.values());
      Set<Value> read = new HashSet<>();
      kept.forEach(value -> read.add(value.root()));
      traced.forEach(call -> call.inputs().forEach(value -> read.add(value.root())));
      Set<String> used =
          graph.inputs().keySet().stream()
              .filter(name -> read.contains(tracer.value(graph.inputs().get(name))))
              .collect(Collectors.toUnmodifiableSet());

      traced.replaceAll(this::batchInvariant);
      Optional<List<Call>> optimised = engine.optimise(List.copyOf(traced), kept);
      runner = optimised.isPresent() ? engine : runner;
      List<Call> calls = Sums.asProducts(optimised.orElse(traced), tracer.constants()::add);
      calls.replaceAll(this::batchInvariant); // also those of sums
      ConstantCalls constant =
          areWeightsConstant
              ? ConstantCalls.from(calls, Set.copyOf(places.values()))
              : ConstantCalls.of(List.of());
      List<INDArray> owned = new ArrayList<>(inputs.values());
      owned.addAll(tracer.constants());
      return new CompiledPlan(
          new Parts(
              inputs,
              graph.dropouts(),
              results,
              constant,
              calls,
              runner,
              Arena.of(calls, kept),
              owned,
              used,
              isComplete,
              workspace,
              shared.isPresent()));
    }

    private Value weight(INDArray array) {
      return areWeightsConstant ? Value.constant(array) : Value.fixed(array);
    }

    private Call batchInvariant(Call call) {
      return call instanceof TracedCall each
          ? batchInvariance.map(each::withBatchInvariance).orElse(each)
          : call;
    }

    /** Allocates the inputs if all of them fit in memory. */
    private void place(Map<String, Value> places, Map<String, INDArray> inputs) {
      NativeMemory.require(
          places.values().stream().mapToDouble(Builder::bytes).sum(), "the inputs of a batch");
      places.forEach(
          (name, value) -> {
            inputs.put(name, Nd4j.zeros(value.dataType(), value.shape()));
            value.place(inputs.get(name));
          });
    }

    private static double bytes(Value value) {
      double width = value.dataType().width();
      return LongStream.of(value.shape()).asDoubleStream().reduce(width, (a, b) -> a * b);
    }

    /** Writes a gradient to its destination directly, or copies it there if it is a view. */
    private static void deliver(Delivery delivery, Value value, List<Call> calls) {
      INDArray memory = delivery.memory();
      if (!value.hasShape(memory.shape())) {
        throw new RefusedException(
            "the gradient of the parameter %s has the shape %s, not %s: SameDiff's gradient of an operation that uses it is wrong; use another operation"
                .formatted(
                    delivery.parameter(),
                    Arrays.toString(value.shape()),
                    Arrays.toString(memory.shape())));
      }
      Value root = value.root();
      if (!root.isPlaced() && root.length() == value.length()) {
        root.place(memory.reshape('c', true, root.shape()));
      } else {
        Value destination = Value.fixed(memory);
        calls.add(new TracedCall(new Assign(), List.of(destination, value), List.of(destination)));
      }
    }

    private record Delivery(String parameter, SDVariable variable, INDArray memory) {}
  }
}
