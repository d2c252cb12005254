package io.ddgan.onednn.elementwise;

import static io.ddgan.onednn.elementwise.ElementwiseOp.ADD;
import static io.ddgan.onednn.elementwise.ElementwiseOp.ADD_CONSTANT;
import static io.ddgan.onednn.elementwise.ElementwiseOp.DIVIDE;
import static io.ddgan.onednn.elementwise.ElementwiseOp.MAXIMUM;
import static io.ddgan.onednn.elementwise.ElementwiseOp.MULTIPLY;
import static io.ddgan.onednn.elementwise.ElementwiseOp.MULTIPLY_CONSTANT;
import static io.ddgan.onednn.elementwise.ElementwiseOp.SQUARE;
import static io.ddgan.onednn.elementwise.ElementwiseOp.STEP;
import static io.ddgan.onednn.elementwise.ElementwiseOp.SUBTRACT;
import static io.ddgan.onednn.elementwise.ElementwiseOp.TANH;
import static io.ddgan.onednn.elementwise.ElementwiseOp.TANH_GRADIENT_OF_RESULT;

import io.ddgan.onednn.elementwise.ElementwiseOp.Tanh;
import io.ddgan.onednn.elementwise.Pattern.Argument;
import io.ddgan.onednn.runtime.VectorLoops;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Common sequences of functions in one loop, because loops mostly cost reading and writing. Each
 * rounds like its separate functions.
 */
public enum FusedOp {
  /** The gradient of swish, from its argument and its gradient. */
  SWISH_GRADIENT(
      Pattern.of(
          MULTIPLY_CONSTANT,
          0.5f,
          Pattern.of(
              ADD,
              Pattern.of(MULTIPLY, Parts.Y, Parts.TANGENT_AND_ONE),
              Pattern.of(
                  TANH_GRADIENT_OF_RESULT,
                  Parts.TANGENT,
                  Pattern.of(MULTIPLY, Parts.Y, Parts.HALF)))),
      2,
      (x, g, z, a, b) -> {
        FloatVector half = x.mul(0.5f);
        FloatVector t = Tanh.of(half);
        return g.mul(t.add(1f)).add(Tanh.gradient(t, g.mul(half))).mul(0.5f);
      }),
  /** Swish: the argument times its logistic function. */
  SWISH(
      Pattern.of(MULTIPLY, Parts.HALF, Parts.TANGENT_AND_ONE),
      1,
      (x, y, z, a, b) -> {
        FloatVector half = x.mul(0.5f);
        return half.mul(Tanh.of(half).add(1f));
      }),
  /** The gradient of a leaky ReLU, from its argument and its gradient. */
  LEAKY_GRADIENT(
      Pattern.of(
          MULTIPLY,
          Parts.Y,
          Pattern.ofAny(
              ADD_CONSTANT, Pattern.ofAny(MULTIPLY_CONSTANT, Pattern.of(STEP, 0f, Parts.X)))),
      2,
      (x, g, z, a, b) ->
          g.mul(
              FloatVector.broadcast(VectorLoops.LANES, 0f * b + a)
                  .blend(1f * b + a, x.compare(VectorOperators.GT, 0f)))),
  /** Leaky ReLU. */
  LEAKY(
      Pattern.of(MAXIMUM, Parts.X, Pattern.ofAny(MULTIPLY_CONSTANT, Parts.X)),
      1,
      (x, y, z, a, b) -> x.max(x.mul(a))),
  /** Subtract and divide, as in normalisation. */
  SUBTRACT_AND_DIVIDE(
      Pattern.of(DIVIDE, Pattern.of(SUBTRACT, Parts.X, Parts.Y), Parts.Z),
      3,
      (x, y, z, a, b) -> x.sub(y).div(z)),
  /** Scale and shift. */
  MULTIPLY_AND_ADD(
      Pattern.of(ADD, Pattern.of(MULTIPLY, Parts.X, Parts.Y), Parts.Z),
      3,
      (x, y, z, a, b) -> x.mul(y).add(z)),
  /** Add and scale, as at the end of a residual block. */
  ADD_AND_SCALE(
      Pattern.ofAny(MULTIPLY_CONSTANT, Pattern.of(ADD, Parts.X, Parts.Y)),
      2,
      (x, y, z, a, b) -> x.add(y).mul(a)),
  /** Squared difference, as in a variance. */
  SQUARED_DIFFERENCE(
      Pattern.of(SQUARE, Pattern.of(SUBTRACT, Parts.X, Parts.Y)),
      2,
      (x, y, z, a, b) -> {
        FloatVector difference = x.sub(y);
        return difference.mul(difference);
      });

  @SuppressWarnings("ImmutableEnumChecker") // records of immutable lists
  private final Pattern pattern;

  @SuppressWarnings("ImmutableEnumChecker") // loops have no state
  private final Loop loop;

  FusedOp(Pattern pattern, int arguments, Loop.Body body) {
    this.pattern = pattern;
    this.loop = Loop.of(arguments, body);
  }

  /** Returns the functions that it computes. */
  public Pattern pattern() {
    return pattern;
  }

  public Loop loop() {
    return loop;
  }

  /** Common parts of the patterns. */
  private static final class Parts {
    static final Pattern X = new Argument(0);
    static final Pattern Y = new Argument(1);
    static final Pattern Z = new Argument(2);
    static final Pattern HALF = Pattern.of(MULTIPLY_CONSTANT, 0.5f, X);
    static final Pattern TANGENT = Pattern.of(TANH, HALF);
    static final Pattern TANGENT_AND_ONE = Pattern.of(ADD_CONSTANT, 1f, TANGENT);
  }
}
