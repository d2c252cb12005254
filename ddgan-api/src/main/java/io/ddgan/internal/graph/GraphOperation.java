package io.ddgan.internal.graph;

import io.ddgan.api.DifferentiatedOperation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/** An operation of SameDiff. */
record GraphOperation(SameDiff sameDiff, DifferentialFunction function)
    implements DifferentiatedOperation {

  /**
   * Returns the operations that compute the needed variables, in the order of the graph. Adds the
   * names of all intermediate variables to {@code needed}.
   */
  static List<SameDiffOp> towards(SameDiff sameDiff, Set<String> needed) {
    List<SameDiffOp> all = new ArrayList<>(sameDiff.getOps().values());
    List<SameDiffOp> path = new ArrayList<>();
    for (int i = all.size() - 1; i >= 0; i--) {
      SameDiffOp op = all.get(i);
      if (op.getOutputsOfOp() == null) {
        continue; // remains of an operation that could not be differentiated
      }
      if (op.getOutputsOfOp().stream().anyMatch(needed::contains)) {
        path.add(op);
        if (op.getInputsToOp() != null) {
          needed.addAll(op.getInputsToOp());
        }
      }
    }
    Collections.reverse(path);
    return path;
  }

  @Override
  public String name() {
    return function.opName();
  }

  @Override
  public List<SDVariable> arguments() {
    return List.of(function.args());
  }

  @Override
  public SDVariable output() {
    return function.outputVariables()[0];
  }

  @Override
  public List<Long> integers() {
    return OperationArguments.integers(function);
  }

  @Override
  public List<Double> numbers() {
    return OperationArguments.numbers(function);
  }

  @Override
  public List<Boolean> booleans() {
    return OperationArguments.booleans(function);
  }

  @Override
  public SDVariable on(List<SDVariable> arguments) {
    DifferentialFunction copy = FunctionCopy.of(function);
    copy.setSameDiff(sameDiff);
    copy.setOwnName(sameDiff.getOpName(function.opName()));
    sameDiff.putOpForId(copy.getOwnName(), copy);
    sameDiff.addArgsFor(arguments.toArray(SDVariable[]::new), copy);
    return copy.outputVariables()[0];
  }
}
