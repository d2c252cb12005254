package io.ddgan.graph;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUBp;

/** Gradients that SameDiff lacks, or has in a slow form. */
final class GradientRules {

  /** The operation's code for padding with one value. */
  private static final long CONSTANT_PADDING = 0;

  private GradientRules() {}

  static Map<String, GradientRule> standard() {
    return Map.of(
        "pad",
        GradientRules::pad,
        "lrelu_bp",
        GradientRules::leakyReluGradient,
        "sqrt",
        (sd, op, g) -> List.of(g.get(0).mul(0.5).div(op.outputVariable())),
        "square",
        (sd, op, g) -> List.of(g.get(0).mul(op.arg()).mul(2)),
        "sigmoid",
        (sd, op, g) -> {
          var y = op.outputVariable();
          return List.of(g.get(0).mul(y).mul(y.rsub(1)));
        });
  }

  private static List<SDVariable> pad(SameDiff sd, DifferentialFunction op, List<SDVariable> g) {
    requireConstantPadding(op);
    return op.doDiff(g);
  }

  /** SameDiff differentiates every padding as if it were constant. */
  static void requireConstantPadding(DifferentialFunction op) {
    if (((DynamicCustomOp) op).iArgs()[0] != CONSTANT_PADDING) {
      throw new IllegalArgumentException(
          "a gradient through the operation pad is supported for constant padding alone; put"
              + " reflected borders together with slice and concat");
    }
  }

  /** The derivative of a piecewise linear function is constant almost everywhere. */
  private static List<SDVariable> leakyReluGradient(
      SameDiff sd, DifferentialFunction op, List<SDVariable> g) {
    double slope = ((DynamicCustomOp) op).tArgs()[0];
    SDVariable x = op.arg(0);
    return List.of(sd.zerosLike(x), new LeakyReLUBp(sd, x, g.get(0), slope).outputVariable());
  }
}
