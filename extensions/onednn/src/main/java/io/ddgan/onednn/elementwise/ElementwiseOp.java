package io.ddgan.onednn.elementwise;

import io.ddgan.engine.OperationCall;
import io.ddgan.onednn.runtime.VectorLoops;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The elementwise functions. */
public enum ElementwiseOp {
  ABS("abs", 1, (x, y, z, a, b) -> x.abs()),
  ADD("add", 2, (x, y, z, a, b) -> x.add(y)),
  ADD_CONSTANT("add_scalar", 1, (x, y, z, a, b) -> x.add(a)),
  DIVIDE("divide", 2, (x, y, z, a, b) -> x.div(y)),
  MAXIMUM("maximum", 2, (x, y, z, a, b) -> x.max(y)),
  MINIMUM("minimum", 2, (x, y, z, a, b) -> x.min(y)),
  MULTIPLY("multiply", 2, (x, y, z, a, b) -> x.mul(y)),
  MULTIPLY_CONSTANT("mul_scalar", 1, (x, y, z, a, b) -> x.mul(a)),
  NEGATIVE("neg", 1, (x, y, z, a, b) -> x.neg()),
  ROOT("sqrt", 1, (x, y, z, a, b) -> x.sqrt()),
  SQUARE("square", 1, (x, y, z, a, b) -> x.mul(x)),
  /** 1 above a constant, and 0 elsewhere. */
  STEP(
      "step",
      1,
      (x, y, z, a, b) ->
          FloatVector.zero(VectorLoops.LANES).blend(1f, x.compare(VectorOperators.GT, a))),
  SUBTRACT("subtract", 2, (x, y, z, a, b) -> x.sub(y)),
  TANH("tanh", 1, (x, y, z, a, b) -> Tanh.of(x)),
  /** The gradient of tanh's argument, from its result and the result's gradient. */
  TANH_GRADIENT_OF_RESULT("tanh_bp_of_result", 2, (t, g, z, a, b) -> Tanh.gradient(t, g)),
  /** The gradient of tanh's argument, from the argument and the result's gradient. */
  TANH_GRADIENT("tanh_bp", 2, (x, g, z, a, b) -> Tanh.gradient(Tanh.of(x), g));

  private final String operation;

  @SuppressWarnings("ImmutableEnumChecker") // loops have no state
  private final Loop loop;

  ElementwiseOp(String operation, int arguments, Loop.Body body) {
    this.operation = operation;
    this.loop = Loop.of(arguments, body);
  }

  /** Returns the function of an ND4J operation; empty if there is none. */
  public static Optional<ElementwiseOp> of(OperationCall call) {
    return Stream.of(values()).filter(each -> each.operation.equals(call.name())).findFirst();
  }

  /** Returns ND4J's name of the operation. */
  String operation() {
    return operation;
  }

  /** Returns the loop that computes it; the first constant is the scalar, if any. */
  public Loop loop() {
    return loop;
  }

  /** Returns whether its arguments can be exchanged. */
  public boolean isCommutative() {
    return this == ADD || this == MULTIPLY || this == MAXIMUM || this == MINIMUM;
  }

  /** The hyperbolic tangent, to a few units in the last place; NaN stays NaN. */
  static final class Tanh {

    private static final float LARGEST = 7.905311f; // beyond it the result is 1 in float32

    /** Computes a quotient of polynomials of degrees 13 and 6, with Eigen's coefficients. */
    static FloatVector of(FloatVector x) {
      FloatVector y = x.min(LARGEST).max(-LARGEST);
      FloatVector z = y.mul(y);
      FloatVector p = z.fma(constant(-2.7607684e-16f), constant(2.000188e-13f));
      p = p.fma(z, constant(-8.604672e-11f));
      p = p.fma(z, constant(5.1222973e-8f));
      p = p.fma(z, constant(1.48572235e-5f));
      p = p.fma(z, constant(6.3726195e-4f));
      p = p.fma(z, constant(4.8935246e-3f));
      FloatVector q = z.fma(constant(1.1982584e-6f), constant(1.1853471e-4f));
      q = q.fma(z, constant(2.2684347e-3f));
      q = q.fma(z, constant(4.893525e-3f));
      return p.mul(y).div(q);
    }

    /** Returns the argument's gradient, from the result and its gradient. */
    static FloatVector gradient(FloatVector t, FloatVector g) {
      return g.sub(g.mul(t).mul(t));
    }

    private static FloatVector constant(float value) {
      return FloatVector.broadcast(VectorLoops.LANES, value);
    }
  }
}
