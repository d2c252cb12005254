package io.ddgan.onednn.elementwise;

import static io.ddgan.onednn.elementwise.Function.ADD;
import static io.ddgan.onednn.elementwise.Function.ADD_CONSTANT;
import static io.ddgan.onednn.elementwise.Function.DIVIDE;
import static io.ddgan.onednn.elementwise.Function.MAXIMUM;
import static io.ddgan.onednn.elementwise.Function.MULTIPLY;
import static io.ddgan.onednn.elementwise.Function.MULTIPLY_CONSTANT;
import static io.ddgan.onednn.elementwise.Function.SQUARE;
import static io.ddgan.onednn.elementwise.Function.STEP;
import static io.ddgan.onednn.elementwise.Function.SUBTRACT;
import static io.ddgan.onednn.elementwise.Function.TANH;
import static io.ddgan.onednn.elementwise.Function.TANH_GRADIENT_OF_RESULT;

import io.ddgan.onednn.elementwise.Function.Tanh;
import io.ddgan.onednn.elementwise.Pattern.Argument;
import io.ddgan.onednn.runtime.Numbers;
import io.ddgan.onednn.runtime.Piece;
import io.ddgan.onednn.runtime.VectorLoops;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions that often follow each other, in one loop: what a loop costs is mostly to read and
 * write. Each rounds as its functions do one after the other.
 */
public enum Combination implements Loop {
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
                  Pattern.of(MULTIPLY, Parts.Y, Parts.HALF))))) {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers ys = y.numbers();
      long yAt = y.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        FloatVector half = xs.loadFrom(xAt + i).mul(0.5f);
        FloatVector t = Tanh.of(half);
        FloatVector g = ys.loadFrom(yAt + i);
        results.storeTo(toAt + i, g.mul(t.add(1f)).add(Tanh.gradient(t, g.mul(half))).mul(0.5f));
      }
    }
  },
  /** Swish: the argument times its logistic function. */
  SWISH(Pattern.of(MULTIPLY, Parts.HALF, Parts.TANGENT_AND_ONE)) {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        FloatVector half = xs.loadFrom(xAt + i).mul(0.5f);
        results.storeTo(toAt + i, half.mul(Tanh.of(half).add(1f)));
      }
    }
  },
  /** The gradient of a leaky ReLU, from its argument and its gradient. */
  LEAKY_GRADIENT(
      Pattern.of(
          MULTIPLY,
          Parts.Y,
          Pattern.ofAny(
              ADD_CONSTANT, Pattern.ofAny(MULTIPLY_CONSTANT, Pattern.of(STEP, 0f, Parts.X))))) {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers ys = y.numbers();
      long yAt = y.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      FloatVector below = FloatVector.broadcast(VectorLoops.LANES, 0f * b + a);
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(
            toAt + i,
            ys.loadFrom(yAt + i)
                .mul(
                    below.blend(1f * b + a, xs.loadFrom(xAt + i).compare(VectorOperators.GT, 0f))));
      }
    }
  },
  /** Leaky ReLU. */
  LEAKY(Pattern.of(MAXIMUM, Parts.X, Pattern.ofAny(MULTIPLY_CONSTANT, Parts.X))) {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        FloatVector v = xs.loadFrom(xAt + i);
        results.storeTo(toAt + i, v.max(v.mul(a)));
      }
    }
  },
  /** What a normalisation does. */
  SUBTRACT_AND_DIVIDE(Pattern.of(DIVIDE, Pattern.of(SUBTRACT, Parts.X, Parts.Y), Parts.Z)) {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers ys = y.numbers();
      long yAt = y.place();
      Numbers zs = z.numbers();
      long zAt = z.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(
            toAt + i, xs.loadFrom(xAt + i).sub(ys.loadFrom(yAt + i)).div(zs.loadFrom(zAt + i)));
      }
    }
  },
  /** What scales and shifts. */
  MULTIPLY_AND_ADD(Pattern.of(ADD, Pattern.of(MULTIPLY, Parts.X, Parts.Y), Parts.Z)) {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers ys = y.numbers();
      long yAt = y.place();
      Numbers zs = z.numbers();
      long zAt = z.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(
            toAt + i, xs.loadFrom(xAt + i).mul(ys.loadFrom(yAt + i)).add(zs.loadFrom(zAt + i)));
      }
    }
  },
  /** What ends a residual block. */
  ADD_AND_SCALE(Pattern.ofAny(MULTIPLY_CONSTANT, Pattern.of(ADD, Parts.X, Parts.Y))) {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers ys = y.numbers();
      long yAt = y.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(toAt + i, xs.loadFrom(xAt + i).add(ys.loadFrom(yAt + i)).mul(a));
      }
    }
  },
  /** What a variance sums. */
  SQUARED_DIFFERENCE(Pattern.of(SQUARE, Pattern.of(SUBTRACT, Parts.X, Parts.Y))) {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers ys = y.numbers();
      long yAt = y.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        FloatVector v = xs.loadFrom(xAt + i).sub(ys.loadFrom(yAt + i));
        results.storeTo(toAt + i, v.mul(v));
      }
    }
  };

  private static final long V = VectorLoops.BYTES;

  @SuppressWarnings("ImmutableEnumChecker") // records of lists that nobody changes
  private final Pattern pattern;

  Combination(Pattern pattern) {
    this.pattern = pattern;
  }

  /** The functions that it computes. */
  public Pattern pattern() {
    return pattern;
  }

  /** What patterns have in common. */
  private static final class Parts {
    static final Pattern X = new Argument(0);
    static final Pattern Y = new Argument(1);
    static final Pattern Z = new Argument(2);
    static final Pattern HALF = Pattern.of(MULTIPLY_CONSTANT, 0.5f, X);
    static final Pattern TANGENT = Pattern.of(TANH, HALF);
    static final Pattern TANGENT_AND_ONE = Pattern.of(ADD_CONSTANT, 1f, TANGENT);
  }
}
