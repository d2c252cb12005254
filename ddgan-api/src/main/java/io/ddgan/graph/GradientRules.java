package io.ddgan.graph;

import io.ddgan.api.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.reduce.bp.MeanBp;
import org.nd4j.linalg.api.ops.impl.reduce.bp.SumBp;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUBp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.bp.MulBpOp;

/** Gradients that SameDiff lacks, or has in a slow form. */
final class GradientRules {

  /** The operation's code for padding with one value. */
  private static final long CONSTANT_PADDING = 0;

  private static final List<String> LOSSES =
      List.of(
          "absolute_difference_loss",
          "cosine_distance_loss",
          "hinge_loss",
          "huber_loss",
          "l2_loss",
          "log_loss",
          "log_poisson_loss",
          "mean_pairwssqerr_loss",
          "mean_sqerr_loss",
          "sigm_cross_entropy_loss",
          "softmax_cross_entropy_loss");

  private static final Set<String> WRONG =
      Set.of("precise_gelu", "cumprod", "clipbynorm", "lrn", "matrix_inverse");

  private GradientRules() {}

  static Map<String, GradientRule> standard() {
    Map<String, GradientRule> rules = new HashMap<>();
    rules.put("pad", GradientRules::pad);
    rules.put("lrelu_bp", GradientRules::leakyReluGradient);
    rules.put("sqrt", (sd, op, g) -> List.of(g.get(0).mul(0.5).div(op.outputVariable())));
    rules.put("square", (sd, op, g) -> List.of(g.get(0).mul(op.arg()).mul(2)));
    rules.put(
        "sigmoid",
        (sd, op, g) -> {
          var y = op.outputVariable();
          return List.of(g.get(0).mul(y).mul(y.rsub(1)));
        });
    rules.put("maximum", (sd, op, g) -> chosen(sd, op, g, op.arg(0).gte(op.arg(1))));
    rules.put("minimum", (sd, op, g) -> chosen(sd, op, g, op.arg(0).lte(op.arg(1))));
    rules.put("gather", GradientRules::gather);
    rules.put("reduce_sum", (sd, op, g) -> reduction(op, g, SumBp::new));
    rules.put("reduce_mean", (sd, op, g) -> reduction(op, g, MeanBp::new));
    LOSSES.forEach(name -> rules.put(name, GradientRules::loss));
    return rules;
  }

  /**
   * Fails for an operation whose gradient is wrong in SameDiff, as central differences show, where
   * there is no rule of ours.
   */
  static void requireRight(DifferentialFunction op) {
    if (WRONG.contains(op.opName())) {
      throw new RefusedException(
          "SameDiff's gradient of the operation %s is wrong; put it together from other operations"
              .formatted(op.opName()));
    }
  }

  /** The gradient goes to the side that was chosen, summed over what that was broadcast along. */
  private static List<SDVariable> chosen(
      SameDiff sd, DifferentialFunction op, List<SDVariable> g, SDVariable first) {
    SDVariable isFirst = first.castTo(op.arg(0).dataType());
    return List.of(
        new MulBpOp(sd, op.arg(0), isFirst, g.get(0)).outputVariables()[0],
        new MulBpOp(sd, op.arg(1), isFirst.rsub(1), g.get(0)).outputVariables()[0]);
  }

  /** Rows that were gathered get their gradients back; those gathered twice get the sum. */
  private static List<SDVariable> gather(SameDiff sd, DifferentialFunction op, List<SDVariable> g) {
    SDVariable table = op.arg(0);
    if (op.args().length != 2 || ((DynamicCustomOp) op).iArgs()[0] != 0) {
      throw new RefusedException(
          "a gradient through the operation gather is supported along dimension 0 alone; permute the"
              + " others after it");
    }
    SDVariable indices = op.arg(1);
    return List.of(sd.scatterAdd(sd.zerosLike(table), indices, g.get(0)), sd.zerosLike(indices));
  }

  /** SameDiff forgets dimensions that are given as a variable. */
  private static List<SDVariable> reduction(
      DifferentialFunction op, List<SDVariable> g, Backward backward) {
    if (op.args().length == 1) {
      return op.doDiff(g);
    }
    if (!op.arg(1).isConstant()) {
      throw new RefusedException(
          "the dimensions of the operation %s must be constant to be differentiated"
              .formatted(op.opName()));
    }
    boolean keep = ((BaseReduceOp) op).isKeepDims();
    int[] dimensions = op.arg(1).getArr().toIntVector();
    return List.of(
        backward.of(op.getSameDiff(), op.arg(0), g.get(0), keep, dimensions).outputVariables()[0]);
  }

  /** SameDiff takes every loss for the last operation, whose gradient is 1. */
  private static List<SDVariable> loss(SameDiff sd, DifferentialFunction op, List<SDVariable> g) {
    return op.doDiff(g).stream().map(each -> each.mul(g.get(0))).toList();
  }

  /** A gradient's operation of SameDiff. */
  private interface Backward {
    DynamicCustomOp of(
        SameDiff sd, SDVariable x, SDVariable gradient, boolean keepDimensions, int... dimensions);
  }

  private static List<SDVariable> pad(SameDiff sd, DifferentialFunction op, List<SDVariable> g) {
    requireConstantPadding(op);
    return op.doDiff(g);
  }

  /** SameDiff differentiates every padding as if it were constant. */
  static void requireConstantPadding(DifferentialFunction op) {
    if (((DynamicCustomOp) op).iArgs()[0] != CONSTANT_PADDING) {
      throw new RefusedException(
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
