package io.ddgan.internal.graph;

import io.ddgan.api.DifferentiatedOperation;
import io.ddgan.api.RefusedException;
import io.ddgan.api.TangentRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUBp;

/** Forward-mode rules for the common operations of discriminators. */
final class TangentRules {

  /** Operations that are linear in their first argument when the others are fixed. */
  private static final List<String> LINEAR =
      List.of(
          "identity",
          "neg",
          "mul_scalar",
          "div_scalar",
          "reshape",
          "permute",
          "transpose",
          "expand_dims",
          "squeeze",
          "tile",
          "reduce_sum",
          "reduce_mean",
          "strided_slice",
          "slice",
          "avgpool2d",
          "upsampling2d",
          "space_to_depth",
          "depth_to_space");

  /** Operations that add a constant. */
  private static final List<String> SHIFTS = List.of("add_scalar", "sub_scalar");

  private TangentRules() {}

  /** Returns the rules by operation. */
  static Map<String, TangentRule> standard() {
    Map<String, TangentRule> rules = new HashMap<>();
    LINEAR.forEach(name -> rules.put(name, TangentRules::linear));
    SHIFTS.forEach(name -> rules.put(name, (op, t) -> t.get(0).orElseThrow()));
    rules.put("conv2d", TangentRules::convolution);
    rules.put("cast", TangentRules::cast);
    rules.put("pad", TangentRules::pad);
    rules.put("concat", TangentRules::concat);
    rules.put("matmul", TangentRules::product);
    rules.put("multiply", TangentRules::elementwiseProduct);
    rules.put("add", (op, t) -> sum(op, t, SDVariable::add));
    rules.put("subtract", (op, t) -> sum(op, t, SDVariable::sub));
    rules.put("divide", TangentRules::quotient);
    rules.put("rsub_scalar", (op, t) -> t.get(0).orElseThrow().neg());
    rules.put("square", scaled((sd, x, y) -> x.mul(2)));
    rules.put("sqrt", scaled((sd, x, y) -> y.rdiv(0.5)));
    rules.put("exp", scaled((sd, x, y) -> y));
    rules.put("log", scaled((sd, x, y) -> x.rdiv(1)));
    rules.put("tanh", scaled((sd, x, y) -> sd.math().square(y).rsub(1)));
    rules.put("sigmoid", scaled((sd, x, y) -> y.mul(y.rsub(1))));
    rules.put("softplus", scaled((sd, x, y) -> sd.nn().sigmoid(x)));
    rules.put("leakyrelu", TangentRules::leakyRelu);
    rules.put("relu", scaled((sd, x, y) -> x.gt(0).castTo(x.dataType())));
    rules.put("abs", scaled((sd, x, y) -> sd.math().sign(x)));
    rules.put("log1p", scaled((sd, x, y) -> x.add(1).rdiv(1)));
    rules.put("rdiv_scalar", scaled((sd, x, y) -> y.div(x).neg()));
    rules.put(
        "swish",
        scaled(
            (sd, x, y) -> {
              SDVariable sigmoid = sd.nn().sigmoid(x);
              return sigmoid.add(y.mul(sigmoid.rsub(1)));
            }));
    rules.put("elu", TangentRules::elu);
    rules.put("softmax", TangentRules::softmax);
    rules.put("maximum", (op, t) -> chosen(op, t, op.argument(0).gte(op.argument(1))));
    rules.put("minimum", (op, t) -> chosen(op, t, op.argument(0).lte(op.argument(1))));
    rules.put(
        "squaredsubtract",
        (op, t) -> sum(op, t, SDVariable::sub).mul(op.argument(0).sub(op.argument(1))).mul(2));
    rules.put("stack", TangentRules::concat);
    rules.put("biasadd", TangentRules::shiftedByBias);
    rules.put("xw_plus_b", TangentRules::linearLayer);
    return rules;
  }

  private static SDVariable linear(
      DifferentiatedOperation op, List<Optional<SDVariable>> tangents) {
    requireFixed(op, tangents);
    List<SDVariable> arguments = new ArrayList<>(op.arguments());
    arguments.set(0, tangents.get(0).orElseThrow());
    return op.on(arguments);
  }

  /** Convolves the tangent without the bias. */
  private static SDVariable convolution(
      DifferentiatedOperation op, List<Optional<SDVariable>> tangents) {
    requireFixed(op, tangents);
    return op.on(List.of(tangents.get(0).orElseThrow(), op.argument(1)));
  }

  private static SDVariable cast(DifferentiatedOperation op, List<Optional<SDVariable>> tangents) {
    return tangents.get(0).orElseThrow().castTo(op.output().dataType());
  }

  /** Pads the tangent with zeros, because the padding is constant. */
  private static SDVariable pad(DifferentiatedOperation op, List<Optional<SDVariable>> tangents) {
    GradientRules.requireConstantPadding(op);
    return op.sameDiff().nn().pad(tangents.get(0).orElseThrow(), op.argument(1), 0);
  }

  private static SDVariable concat(
      DifferentiatedOperation op, List<Optional<SDVariable>> tangents) {
    List<SDVariable> arguments = new ArrayList<>();
    for (int i = 0; i < tangents.size(); i++) {
      arguments.add(tangents.get(i).orElseGet(zero(op, i)));
    }
    return op.on(arguments);
  }

  private static SDVariable product(
      DifferentiatedOperation op, List<Optional<SDVariable>> tangents) {
    Optional<SDVariable> left = tangents.get(0).map(t -> op.on(List.of(t, op.argument(1))));
    Optional<SDVariable> right = tangents.get(1).map(t -> op.on(List.of(op.argument(0), t)));
    return sum(left, right);
  }

  private static SDVariable elementwiseProduct(
      DifferentiatedOperation op, List<Optional<SDVariable>> tangents) {
    Optional<SDVariable> left = tangents.get(0).map(t -> t.mul(op.argument(1)));
    Optional<SDVariable> right = tangents.get(1).map(t -> op.argument(0).mul(t));
    return sum(left, right);
  }

  /** Replaces a missing tangent by zeros, to give the sum its broadcast shape. */
  private static SDVariable sum(
      DifferentiatedOperation op,
      List<Optional<SDVariable>> tangents,
      BinaryOperator<SDVariable> plus) {
    SDVariable left = tangents.get(0).orElseGet(zero(op, 0));
    SDVariable right = tangents.get(1).orElseGet(zero(op, 1));
    return plus.apply(left, right);
  }

  private static SDVariable quotient(
      DifferentiatedOperation op, List<Optional<SDVariable>> tangents) {
    SDVariable divisor = op.argument(1);
    Optional<SDVariable> left = tangents.get(0).map(t -> t.div(divisor));
    Optional<SDVariable> right = tangents.get(1).map(t -> op.output().mul(t).div(divisor).neg());
    return sum(left, right);
  }

  private static SDVariable leakyRelu(
      DifferentiatedOperation op, List<Optional<SDVariable>> tangents) {
    double slope = op.numbers().get(0);
    return new LeakyReLUBp(op.sameDiff(), op.argument(0), tangents.get(0).orElseThrow(), slope)
        .outputVariable();
  }

  /** Uses the derivative of ELU: 1 for positive arguments, y + alpha for others. */
  private static SDVariable elu(DifferentiatedOperation op, List<Optional<SDVariable>> tangents) {
    double alpha = op.numbers().get(0);
    SDVariable positive = op.argument(0).gt(0).castTo(op.argument(0).dataType());
    SDVariable negative = op.output().add(alpha).mul(positive.rsub(1));
    return tangents.get(0).orElseThrow().mul(positive.add(negative));
  }

  private static SDVariable softmax(
      DifferentiatedOperation op, List<Optional<SDVariable>> tangents) {
    SDVariable y = op.output();
    int dimension = Math.toIntExact(op.integers().get(0));
    SDVariable product = y.mul(tangents.get(0).orElseThrow());
    return product.sub(y.mul(product.sum(true, dimension)));
  }

  private static SDVariable chosen(
      DifferentiatedOperation op, List<Optional<SDVariable>> tangents, SDVariable first) {
    SDVariable isFirst = first.castTo(op.argument(0).dataType());
    Optional<SDVariable> left = tangents.get(0).map(t -> t.mul(isFirst));
    Optional<SDVariable> right = tangents.get(1).map(t -> t.mul(isFirst.rsub(1)));
    return sum(left, right);
  }

  private static SDVariable shiftedByBias(
      DifferentiatedOperation op, List<Optional<SDVariable>> tangents) {
    requireFixed(op, tangents);
    return tangents.get(0).orElseThrow();
  }

  private static SDVariable linearLayer(
      DifferentiatedOperation op, List<Optional<SDVariable>> tangents) {
    requireFixed(op, tangents);
    return op.sameDiff().mmul(tangents.get(0).orElseThrow(), op.argument(1));
  }

  private static TangentRule scaled(Derivative derivative) {
    return (op, tangents) ->
        tangents
            .get(0)
            .orElseThrow()
            .mul(derivative.at(op.sameDiff(), op.argument(0), op.output()));
  }

  private static SDVariable sum(Optional<SDVariable> left, Optional<SDVariable> right) {
    if (left.isPresent() && right.isPresent()) {
      return left.get().add(right.get());
    }
    return left.or(() -> right).orElseThrow();
  }

  /** Checks that only the first argument has a tangent. */
  private static void requireFixed(
      DifferentiatedOperation op, List<Optional<SDVariable>> tangents) {
    for (int i = 1; i < tangents.size(); i++) {
      if (tangents.get(i).isPresent()) {
        throw new RefusedException(
            "forward mode through argument %d of %s is not supported: only its first argument may"
                    .formatted(i, op.name())
                + " depend on the input");
      }
    }
  }

  private static Supplier<SDVariable> zero(DifferentiatedOperation op, int argument) {
    return () -> op.sameDiff().zerosLike(op.argument(argument));
  }

  /** Returns f'(x), given x and y = f(x). */
  private interface Derivative {
    SDVariable at(SameDiff sd, SDVariable x, SDVariable y);
  }
}
