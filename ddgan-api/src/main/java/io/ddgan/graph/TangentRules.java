package io.ddgan.graph;

import io.ddgan.api.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.serde.FlatBuffersMapper;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2D;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUBp;

/** Forward-mode rules of the operations that discriminators are commonly made of. */
public final class TangentRules {

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

  /** Operations that shift their argument by something that the input does not change. */
  private static final List<String> SHIFTS = List.of("add_scalar", "sub_scalar");

  private TangentRules() {}

  /** Rules by the operation's name. */
  public static Map<String, TangentRule> standard() {
    Map<String, TangentRule> rules = new HashMap<>();
    LINEAR.forEach(name -> rules.put(name, TangentRules::linear));
    SHIFTS.forEach(name -> rules.put(name, (sd, op, t) -> t.get(0).orElseThrow()));
    rules.put("conv2d", TangentRules::convolution);
    rules.put("cast", TangentRules::cast);
    rules.put("pad", TangentRules::pad);
    rules.put("concat", TangentRules::concat);
    rules.put("matmul", TangentRules::product);
    rules.put("multiply", TangentRules::elementwiseProduct);
    rules.put("add", (sd, op, t) -> sum(sd, op, t, SDVariable::add));
    rules.put("subtract", (sd, op, t) -> sum(sd, op, t, SDVariable::sub));
    rules.put("divide", TangentRules::quotient);
    rules.put("rsub_scalar", (sd, op, t) -> t.get(0).orElseThrow().neg());
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
    rules.put("maximum", (sd, op, t) -> chosen(op, t, op.arg(0).gte(op.arg(1))));
    rules.put("minimum", (sd, op, t) -> chosen(op, t, op.arg(0).lte(op.arg(1))));
    rules.put(
        "squaredsubtract",
        (sd, op, t) -> sum(sd, op, t, SDVariable::sub).mul(op.arg(0).sub(op.arg(1))).mul(2));
    rules.put("stack", TangentRules::concat);
    rules.put("biasadd", TangentRules::shiftedByBias);
    rules.put("xw_plus_b", TangentRules::linearLayer);
    return rules;
  }

  private static SDVariable linear(
      SameDiff sd, DifferentialFunction op, List<Optional<SDVariable>> tangents) {
    requireFixed(op, tangents, 1);
    SDVariable[] arguments = op.args().clone();
    arguments[0] = tangents.get(0).orElseThrow();
    return copy(sd, op, arguments);
  }

  /** Copies through SameDiff's serialisation lose the weights' format, so this makes a new one. */
  private static SDVariable convolution(
      SameDiff sd, DifferentialFunction op, List<Optional<SDVariable>> tangents) {
    requireFixed(op, tangents, 1);
    var config = ((Conv2D) op).getConfig();
    return sd.cnn().conv2d(tangents.get(0).orElseThrow(), op.arg(1), config);
  }

  /** Copies through SameDiff's serialisation lose the type. */
  private static SDVariable cast(
      SameDiff sd, DifferentialFunction op, List<Optional<SDVariable>> tangents) {
    return tangents.get(0).orElseThrow().castTo(op.outputVariable().dataType());
  }

  /** What is put around the argument is constant, so that zeros are put around the tangent. */
  private static SDVariable pad(
      SameDiff sd, DifferentialFunction op, List<Optional<SDVariable>> tangents) {
    GradientRules.requireConstantPadding(op);
    return sd.nn().pad(tangents.get(0).orElseThrow(), op.arg(1), 0);
  }

  private static SDVariable concat(
      SameDiff sd, DifferentialFunction op, List<Optional<SDVariable>> tangents) {
    SDVariable[] arguments = op.args().clone();
    for (int i = 0; i < arguments.length; i++) {
      SDVariable argument = arguments[i];
      arguments[i] = tangents.get(i).orElseGet(() -> sd.zerosLike(argument));
    }
    return copy(sd, op, arguments);
  }

  private static SDVariable product(
      SameDiff sd, DifferentialFunction op, List<Optional<SDVariable>> tangents) {
    Optional<SDVariable> left = tangents.get(0).map(t -> copy(sd, op, t, op.arg(1)));
    Optional<SDVariable> right = tangents.get(1).map(t -> copy(sd, op, op.arg(0), t));
    return sum(left, right);
  }

  private static SDVariable elementwiseProduct(
      SameDiff sd, DifferentialFunction op, List<Optional<SDVariable>> tangents) {
    Optional<SDVariable> left = tangents.get(0).map(t -> t.mul(op.arg(1)));
    Optional<SDVariable> right = tangents.get(1).map(t -> op.arg(0).mul(t));
    return sum(left, right);
  }

  /** A zero stands in for a missing tangent: it gives the sum its full, broadcast shape. */
  private static SDVariable sum(
      SameDiff sd, DifferentialFunction op, List<Optional<SDVariable>> tangents, Binary plus) {
    SDVariable left = tangents.get(0).orElseGet(() -> sd.zerosLike(op.arg(0)));
    SDVariable right = tangents.get(1).orElseGet(() -> sd.zerosLike(op.arg(1)));
    return plus.apply(left, right);
  }

  private static SDVariable quotient(
      SameDiff sd, DifferentialFunction op, List<Optional<SDVariable>> tangents) {
    SDVariable divisor = op.arg(1);
    Optional<SDVariable> left = tangents.get(0).map(t -> t.div(divisor));
    Optional<SDVariable> right =
        tangents.get(1).map(t -> op.outputVariable().mul(t).div(divisor).neg());
    return sum(left, right);
  }

  private static SDVariable leakyRelu(
      SameDiff sd, DifferentialFunction op, List<Optional<SDVariable>> tangents) {
    double slope = ((LeakyReLU) op).scalar().getDouble(0);
    return new LeakyReLUBp(sd, op.arg(), tangents.get(0).orElseThrow(), slope).outputVariable();
  }

  /** The derivative is 1 for positive arguments, and y + alpha for others. */
  private static SDVariable elu(
      SameDiff sd, DifferentialFunction op, List<Optional<SDVariable>> tangents) {
    double alpha = ((DynamicCustomOp) op).tArgs()[0];
    SDVariable positive = op.arg().gt(0).castTo(op.arg().dataType());
    SDVariable negative = op.outputVariable().add(alpha).mul(positive.rsub(1));
    return tangents.get(0).orElseThrow().mul(positive.add(negative));
  }

  private static SDVariable softmax(
      SameDiff sd, DifferentialFunction op, List<Optional<SDVariable>> tangents) {
    SDVariable y = op.outputVariable();
    int dimension = Math.toIntExact(((DynamicCustomOp) op).iArgs()[0]);
    SDVariable product = y.mul(tangents.get(0).orElseThrow());
    return product.sub(y.mul(product.sum(true, dimension)));
  }

  private static SDVariable chosen(
      DifferentialFunction op, List<Optional<SDVariable>> tangents, SDVariable first) {
    SDVariable isFirst = first.castTo(op.arg(0).dataType());
    Optional<SDVariable> left = tangents.get(0).map(t -> t.mul(isFirst));
    Optional<SDVariable> right = tangents.get(1).map(t -> t.mul(isFirst.rsub(1)));
    return sum(left, right);
  }

  private static SDVariable shiftedByBias(
      SameDiff sd, DifferentialFunction op, List<Optional<SDVariable>> tangents) {
    requireFixed(op, tangents, 1);
    return tangents.get(0).orElseThrow();
  }

  private static SDVariable linearLayer(
      SameDiff sd, DifferentialFunction op, List<Optional<SDVariable>> tangents) {
    requireFixed(op, tangents, 1);
    return sd.mmul(tangents.get(0).orElseThrow(), op.arg(1));
  }

  private static TangentRule scaled(Derivative derivative) {
    return (sd, op, tangents) ->
        tangents.get(0).orElseThrow().mul(derivative.at(sd, op.arg(), op.outputVariable()));
  }

  private static SDVariable sum(Optional<SDVariable> left, Optional<SDVariable> right) {
    if (left.isPresent() && right.isPresent()) {
      return left.get().add(right.get());
    }
    return left.or(() -> right).orElseThrow();
  }

  private static void requireFixed(
      DifferentialFunction op, List<Optional<SDVariable>> tangents, int from) {
    for (int i = from; i < tangents.size(); i++) {
      if (tangents.get(i).isPresent()) {
        throw new RefusedException(
            "forward mode through argument %d of %s is not supported: only its first argument may"
                    .formatted(i, op.opName())
                + " depend on the input");
      }
    }
  }

  private static SDVariable copy(SameDiff sd, DifferentialFunction op, SDVariable... arguments) {
    DifferentialFunction copy = FlatBuffersMapper.cloneViaSerialize(sd, op);
    copy.setSameDiff(sd);
    copy.setOwnName(sd.getOpName(op.opName()));
    sd.putOpForId(copy.getOwnName(), copy);
    sd.addArgsFor(arguments, copy);
    return copy.outputVariables()[0];
  }

  private interface Binary {
    SDVariable apply(SDVariable left, SDVariable right);
  }

  /** f'(x), given x and y = f(x). */
  private interface Derivative {
    SDVariable at(SameDiff sd, SDVariable x, SDVariable y);
  }
}
