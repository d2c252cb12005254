package io.ddgan.internal.graph;

import io.ddgan.api.DifferentiatedOperation;
import io.ddgan.api.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.reduce.bp.MeanBp;
import org.nd4j.linalg.api.ops.impl.reduce.bp.SumBp;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUBp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.bp.MulBpOp;

/** Gradients that are missing, wrong or slow in SameDiff. */
final class GradientRules {

  /** Code of the pad operation for a constant value. */
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

  /** Vector-Jacobian product of one kind of operation. */
  @FunctionalInterface
  interface Rule {

    /**
     * Adds the gradients with respect to the arguments to the graph.
     *
     * @param gradients gradient of each output
     * @return gradient of each argument, in the order of {@link GraphOperation#arguments}
     */
    List<SDVariable> gradients(GraphOperation operation, List<SDVariable> gradients);
  }

  static Map<String, Rule> standard() {
    Map<String, Rule> rules = new HashMap<>();
    rules.put("pad", GradientRules::pad);
    rules.put("lrelu_bp", GradientRules::leakyReluGradient);
    rules.put("sqrt", (op, g) -> List.of(g.get(0).mul(0.5).div(op.output())));
    rules.put("square", (op, g) -> List.of(g.get(0).mul(op.argument(0)).mul(2)));
    rules.put(
        "sigmoid",
        (op, g) -> {
          var y = op.output();
          return List.of(g.get(0).mul(y).mul(y.rsub(1)));
        });
    rules.put("maximum", (op, g) -> chosen(op, g, op.argument(0).gte(op.argument(1))));
    rules.put("minimum", (op, g) -> chosen(op, g, op.argument(0).lte(op.argument(1))));
    rules.put("gather", GradientRules::gather);
    rules.put("reduce_sum", (op, g) -> reduction(op, g, SumBp::new));
    rules.put("reduce_mean", (op, g) -> reduction(op, g, MeanBp::new));
    LOSSES.forEach(name -> rules.put(name, GradientRules::loss));
    return rules;
  }

  /**
   * Throws a RefusedException for an operation without a rule here whose gradient in SameDiff is
   * wrong according to central differences.
   */
  static void requireRight(GraphOperation op) {
    if (WRONG.contains(op.name())) {
      throw new RefusedException(
          "SameDiff's gradient of the operation %s is wrong; compose it of other operations"
              .formatted(op.name()));
    }
  }

  /** Gives the gradient to the chosen operand, summed over its broadcast dimensions. */
  private static List<SDVariable> chosen(GraphOperation op, List<SDVariable> g, SDVariable first) {
    SDVariable isFirst = first.castTo(op.argument(0).dataType());
    return List.of(
        new MulBpOp(op.sameDiff(), op.argument(0), isFirst, g.get(0)).outputVariables()[0],
        new MulBpOp(op.sameDiff(), op.argument(1), isFirst.rsub(1), g.get(0)).outputVariables()[0]);
  }

  /** Returns the gradients to the gathered rows; those gathered several times get the sum. */
  private static List<SDVariable> gather(GraphOperation op, List<SDVariable> g) {
    SDVariable table = op.argument(0);
    if (op.arguments().size() != 2 || op.integers().get(0) != 0) {
      throw new RefusedException(
          "the gradient of gather is supported along dimension 0 only; permute the dimension to the front, gather, and permute back");
    }
    SDVariable indices = op.argument(1);
    return List.of(
        op.sameDiff().scatterAdd(op.sameDiff().zerosLike(table), indices, g.get(0)),
        op.sameDiff().zerosLike(indices));
  }

  /** Handles dimensions given as a variable, which SameDiff ignores. */
  private static List<SDVariable> reduction(
      GraphOperation op, List<SDVariable> g, Backward backward) {
    if (op.arguments().size() == 1) {
      return op.function().doDiff(g);
    }
    if (!op.argument(1).isConstant()) {
      throw new RefusedException(
          "the dimensions of the operation %s must be constants for a gradient"
              .formatted(op.name()));
    }
    boolean keep = ((BaseReduceOp) op.function()).isKeepDims();
    int[] dimensions = op.argument(1).getArr().toIntVector();
    return List.of(
        backward.of(op.sameDiff(), op.argument(0), g.get(0), keep, dimensions)
            .outputVariables()[0]);
  }

  /** Scales the gradient; SameDiff assumes that a loss is the last operation, with gradient 1. */
  private static List<SDVariable> loss(GraphOperation op, List<SDVariable> g) {
    return op.function().doDiff(g).stream().map(each -> each.mul(g.get(0))).toList();
  }

  /** Creates a gradient operation of SameDiff. */
  private interface Backward {
    DynamicCustomOp of(
        SameDiff sd, SDVariable x, SDVariable gradient, boolean keepDimensions, int... dimensions);
  }

  private static List<SDVariable> pad(GraphOperation op, List<SDVariable> g) {
    requireConstantPadding(op);
    return op.function().doDiff(g);
  }

  /** Rejects other kinds of padding, whose gradient in SameDiff is that of constant padding. */
  static void requireConstantPadding(DifferentiatedOperation op) {
    if (op.integers().get(0) != CONSTANT_PADDING) {
      throw new RefusedException(
          "the gradient of pad is supported for constant padding only; build reflected borders with"
              + " slice and concat");
    }
  }

  /** Uses that the derivative of a piecewise linear function is constant almost everywhere. */
  private static List<SDVariable> leakyReluGradient(GraphOperation op, List<SDVariable> g) {
    double slope = op.numbers().get(0);
    SDVariable x = op.argument(0);
    return List.of(
        op.sameDiff().zerosLike(x),
        new LeakyReLUBp(op.sameDiff(), x, g.get(0), slope).outputVariable());
  }
}
