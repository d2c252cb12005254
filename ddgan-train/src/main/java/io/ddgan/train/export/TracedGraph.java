package io.ddgan.train.export;

import io.ddgan.api.Objective;
import io.ddgan.engine.Call;
import io.ddgan.engine.Engine;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.train.phase.SamplingGraph;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The calls of the plan of a sampling graph. The plan is never run. */
final class TracedGraph implements AutoCloseable {

  private final CompiledPlan plan;
  private final List<Call> calls;
  private final Value result;
  private final IdentityHashMap<INDArray, String> inputs = new IdentityHashMap<>();
  private final Map<Long, String> parameters;

  private TracedGraph(
      CompiledPlan plan, List<Call> calls, Value result, Map<Long, String> parameters) {
    this.plan = plan;
    this.calls = calls;
    this.result = result;
    this.parameters = parameters;
    plan.used().forEach(name -> inputs.put(plan.input(name), name));
  }

  /** Traces a graph with a generator's weights, which must stay open. */
  static TracedGraph of(SamplingGraph graph, ParameterSet weights) {
    KeepingEngine engine = new KeepingEngine();
    CompiledPlan plan =
        CompiledPlan.of(graph.graph())
            .on(engine)
            .parameters(Objective.GENERATOR, weights)
            .output(graph.name(), graph.output())
            .build();
    Map<Long, String> parameters =
        weights.layout().entries().stream()
            .map(ParameterLayout.Entry::name)
            .collect(Collectors.toMap(name -> address(weights.view(name)), name -> name));
    return new TracedGraph(plan, engine.calls, engine.result, parameters);
  }

  /** Returns the address of the first element. All parameters of a set share one buffer. */
  private static long address(INDArray array) {
    return array.data().address() + array.offset() * array.dataType().width();
  }

  /** Returns the calls in execution order. */
  List<Call> calls() {
    return calls;
  }

  /** Returns the output of the graph. */
  Value result() {
    return result;
  }

  /** Returns the shapes of the inputs that the output depends on, sorted by name. */
  SortedMap<String, long[]> inputs() {
    SortedMap<String, long[]> shapes = new TreeMap<>();
    inputs.forEach((array, name) -> shapes.put(name, array.shape()));
    return shapes;
  }

  /** Returns the input stored in a value's memory. */
  Optional<String> input(Value value) {
    return Optional.ofNullable(inputs.get(value.array()));
  }

  /** Returns the parameter stored in a value's memory. */
  Optional<String> parameter(Value value) {
    return Optional.ofNullable(parameters.get(address(value.array())));
  }

  @Override
  public void close() {
    plan.close();
  }

  /** Records the calls and runs none. */
  private static final class KeepingEngine implements Engine {

    private List<Call> calls = List.of();
    private Value result;

    @Override
    public String name() {
      return "recorder";
    }

    @Override
    public Optional<List<Call>> optimise(List<Call> all, Set<Value> results) {
      calls = all;
      result = results.iterator().next();
      return Optional.empty();
    }

    @Override
    public void run(List<Kernel> kernels) {
      throw new IllegalStateException("a traced graph only records its calls and cannot be run");
    }
  }
}
