package io.ddgan.internal.graph;

import io.ddgan.engine.Kernel;
import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseOp;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** An operation bound to its arrays, to be run repeatedly. */
final class NativeCall implements Kernel {

  private final DifferentialFunction operation;
  private final OpContext context;
  private final OpExecutioner executioner = Nd4j.getExecutioner();

  private NativeCall(DifferentialFunction operation, OpContext context) {
    this.operation = operation;
    this.context = context;
  }

  /** Binds an operation to its arrays. */
  static NativeCall bind(
      DifferentialFunction operation, List<INDArray> inputs, List<INDArray> outputs) {
    NativeCall call = new NativeCall(operation, context(operation, inputs));
    for (int i = 0; i < outputs.size(); i++) {
      call.context.setOutputArray(i, outputs.get(i));
    }
    call.context.shapeFunctionOverride(true); // the shapes are known from planning
    return call;
  }

  /** Infers the shapes and types of the outputs from inputs; only integers need values. */
  static List<LongShapeDescriptor> outputShapes(
      DifferentialFunction operation, List<INDArray> inputs) {
    OpContext context = context(operation, inputs);
    List<LongShapeDescriptor> shapes =
        operation instanceof CustomOp custom
            ? custom.calculateOutputShape(context)
            : ((BaseOp) operation).calculateOutputShape(context);
    context.purge();
    return shapes;
  }

  @Override
  public void run() {
    if (operation instanceof CustomOp custom) {
      executioner.exec(custom, context);
    } else {
      executioner.exec((Op) operation, context);
    }
  }

  @Override
  public void close() {
    context.purge();
  }

  DifferentialFunction operation() {
    return operation;
  }

  private static OpContext context(DifferentialFunction operation, List<INDArray> inputs) {
    OpContext context = Nd4j.getExecutioner().buildContext();
    if (operation instanceof CustomOp custom) {
      context.setArgs(
          inputs.toArray(INDArray[]::new),
          custom.iArgs(),
          custom.dArgs(),
          custom.tArgs(),
          custom.bArgs());
      return context;
    }
    context.setInputArray(0, inputs.get(0));
    if (inputs.size() == 1 && operation instanceof ReduceOp reduce && reduce.dimensions() != null) {
      // Negative or unsorted dimensions give wrong sums where they are kept.
      int[] axes = reduce.dimensions().toIntVector();
      operation.setDimensions(Shape.normalizeAxis(inputs.get(0).rank(), axes));
    }
    if (inputs.size() == 2) {
      if (operation instanceof ReduceOp reduce && reduce.getOpType() != Op.Type.REDUCE3) {
        int[] axes = Shape.normalizeAxis(inputs.get(0).rank(), inputs.get(1).toIntVector());
        operation.setDimensions(axes);
        ((BaseReduceOp) reduce).setEmptyReduce(false);
      } else if (operation instanceof ScalarOp scalar) {
        scalar.setScalar(inputs.get(1));
      } else {
        context.setInputArray(1, inputs.get(1));
      }
    }
    return context;
  }
}
