package io.ddgan.internal.graph;

import io.ddgan.api.RefusedException;
import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.BaseCompatOp;
import org.nd4j.linalg.api.ops.impl.shape.tensorops.BaseTensorOp;
import org.nd4j.linalg.api.ops.impl.transforms.same.Identity;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Turns the operations for the wanted variables into a fixed list of calls on values of known
 * shape. Values that do not depend on inputs or parameters (shapes, zeros, ones, constants) are
 * computed here once.
 */
final class Tracer implements AutoCloseable {

  private static final Set<String> SHAPE_ONLY =
      Set.of("shape_of", "size", "size_at", "rank", "zeros_as", "ones_as");

  /** Package of all random operations. */
  private static final String RANDOM = "org.nd4j.linalg.api.ops.random";

  /** Elements of the buffer that substitutes values without memory. */
  private static final long SCRATCH = 1024;

  private final SameDiff sameDiff;
  private final Map<String, Lowering> lowerings = Lowerings.standard();
  private final Map<String, Value> values = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private final Map<DataType, INDArray> scratch = new HashMap<>();
  private final List<INDArray> constants = new ArrayList<>();
  private final OutputShapes shapes = new OutputShapes(this::standIn);
  private final Emitter emitter = new Emitter(calls::add, constants::add);

  Tracer(SameDiff sameDiff) {
    this.sameDiff = sameDiff;
  }

  /** Sets the value of a placeholder. */
  void define(SDVariable placeholder, Value value) {
    values.put(placeholder.name(), value);
  }

  /** Traces everything that the variables depend on. */
  void trace(Collection<SDVariable> wanted) {
    Set<String> needed = new HashSet<>();
    wanted.forEach(v -> needed.add(v.name()));
    for (SameDiffOp op : GraphOperation.towards(sameDiff, needed)) {
      trace(op, needed);
    }
  }

  List<Call> calls() {
    return calls;
  }

  /** Returns the value of a traced or defined variable, or of a constant. */
  Value value(SDVariable variable) {
    return value(variable.name());
  }

  /** Returns the memory of values computed while tracing. */
  List<INDArray> constants() {
    return constants;
  }

  @Override
  public void close() {
    scratch.values().forEach(INDArray::close);
  }

  private void trace(SameDiffOp node, Set<String> needed) {
    DifferentialFunction operation = node.getOp();
    if (operation instanceof BaseCompatOp || operation instanceof BaseTensorOp) {
      throw new RefusedException(
          "the operation %s is control flow, which compiled plans do not support; unroll it"
              .formatted(operation.opName()));
    }
    if (operation.getClass().getPackageName().startsWith(RANDOM)) {
      throw new RefusedException(
          "the operation %s is random, which makes runs irreproducible; use the parameter scope's dropout, or the network's noise and latent inputs"
              .formatted(operation.opName()));
    }
    List<Value> inputs = new ArrayList<>();
    for (SDVariable argument : operation.args()) {
      inputs.add(value(argument.name()));
    }
    List<String> names = node.getOutputsOfOp();
    List<Value> outputs = outputs(operation, inputs, names, needed);
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), outputs.get(i));
    }
  }

  private List<Value> outputs(
      DifferentialFunction operation, List<Value> inputs, List<String> names, Set<String> needed) {
    if (operation instanceof Identity) {
      return List.of(inputs.get(0));
    }
    boolean constant =
        SHAPE_ONLY.contains(operation.opName()) || inputs.stream().allMatch(Value::isConstant);
    if (constant) {
      return evaluate(operation, inputs, names);
    }
    TracedCall call = new TracedCall(operation, inputs, infer(operation, inputs, names));
    Lowering lowering = lowerings.get(operation.opName());
    if (lowering != null) {
      boolean[] wanted = new boolean[names.size()];
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] = needed.contains(names.get(i));
      }
      Optional<List<Value>> lowered = lowering.lower(call, wanted, emitter);
      if (lowered.isPresent()) {
        return lowered.get();
      }
    }
    calls.add(call);
    return call.outputs();
  }

  private List<Value> evaluate(
      DifferentialFunction operation, List<Value> inputs, List<String> names) {
    List<Value> outputs = new ArrayList<>();
    List<INDArray> arrays = new ArrayList<>();
    for (Value shape : infer(operation, inputs, names)) {
      INDArray array = Nd4j.createUninitialized(shape.dataType(), shape.shape());
      constants.add(array);
      arrays.add(array);
      outputs.add(Value.constant(array));
    }
    NativeCall call =
        NativeCall.bind(operation, inputs.stream().map(this::standIn).toList(), arrays);
    call.run();
    call.close();
    return outputs;
  }

  private List<Value> infer(
      DifferentialFunction operation, List<Value> inputs, List<String> names) {
    List<long[]> shapes = this.shapes.of(operation, inputs);
    if (shapes.size() < names.size()) {
      throw new RefusedException(
          "the operation %s that computes %s lacks arguments, so its shape is unknown"
              .formatted(operation.opName(), OperationNames.plain(names.get(0))));
    }
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      DataType type = sameDiff.getVariable(names.get(i)).dataType();
      outputs.add(Value.planned(type, shapes.get(i).clone()));
    }
    return outputs;
  }

  private Value value(String name) {
    Value value = values.get(name);
    if (value == null) {
      SDVariable variable = sameDiff.getVariable(name);
      if (!variable.isConstant()) {
        throw new RefusedException(
            "the variable %s has no value; get it from Batch, ParameterScope.parameter or SameDiff.constant"
                .formatted(OperationNames.plain(name)));
      }
      value = Value.constant(rowMajor(variable.getArr()));
      values.put(name, value);
    }
    return value;
  }

  /** Returns the array if it is in row-major order, otherwise a copy that is. */
  private INDArray rowMajor(INDArray array) {
    if (array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array)) {
      return array;
    }
    INDArray copy = array.dup('c');
    constants.add(copy);
    return copy;
  }

  /**
   * Returns an array of the right shape: the real one, or one in a scratch buffer. That buffer is
   * never read, so it may be too small.
   */
  private INDArray standIn(Value value) {
    if (value.root().isPlaced()) {
      return value.array();
    }
    INDArray buffer =
        scratch.computeIfAbsent(value.dataType(), type -> Nd4j.createUninitialized(type, SCRATCH));
    return Arena.view(buffer, 0, value.shape());
  }
}
