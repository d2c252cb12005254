package io.ddgan.onednn;

import static io.ddgan.onednn.Function.ADD;
import static io.ddgan.onednn.Function.ADD_CONSTANT;
import static io.ddgan.onednn.Function.DIVIDE;
import static io.ddgan.onednn.Function.MAXIMUM;
import static io.ddgan.onednn.Function.MULTIPLY;
import static io.ddgan.onednn.Function.MULTIPLY_CONSTANT;
import static io.ddgan.onednn.Function.SQUARE;
import static io.ddgan.onednn.Function.STEP;
import static io.ddgan.onednn.Function.SUBTRACT;
import static io.ddgan.onednn.Function.TANH;
import static io.ddgan.onednn.Function.TANH_GRADIENT_OF_RESULT;
import static io.ddgan.onednn.Function.at;

import io.ddgan.onednn.Function.Tanh;
import io.ddgan.onednn.Pattern.Argument;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions that often follow each other, in one loop: what a loop costs is mostly to read and
 * write. Each rounds as its functions do one after the other.
 */
enum Combination implements Loop {
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
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        FloatVector half = at(x, i).mul(0.5f);
        FloatVector t = Tanh.of(half);
        FloatVector g = at(y, i);
        g.mul(t.add(1f)).add(Tanh.gradient(t, g.mul(half))).mul(0.5f).intoArray(to, i);
      }
    }
  },
  /** Swish: the argument times its logistic function. */
  SWISH(Pattern.of(MULTIPLY, Parts.HALF, Parts.TANGENT_AND_ONE)) {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        FloatVector half = at(x, i).mul(0.5f);
        half.mul(Tanh.of(half).add(1f)).intoArray(to, i);
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
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      FloatVector below = FloatVector.broadcast(VectorLoops.LANES, 0f * b + a);
      for (int i = 0; i < n; i += L) {
        at(y, i)
            .mul(below.blend(1f * b + a, at(x, i).compare(VectorOperators.GT, 0f)))
            .intoArray(to, i);
      }
    }
  },
  /** Leaky ReLU. */
  LEAKY(Pattern.of(MAXIMUM, Parts.X, Pattern.ofAny(MULTIPLY_CONSTANT, Parts.X))) {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        FloatVector v = at(x, i);
        v.max(v.mul(a)).intoArray(to, i);
      }
    }
  },
  /** What a normalisation does. */
  SUBTRACT_AND_DIVIDE(Pattern.of(DIVIDE, Pattern.of(SUBTRACT, Parts.X, Parts.Y), Parts.Z)) {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        at(x, i).sub(at(y, i)).div(at(z, i)).intoArray(to, i);
      }
    }
  },
  /** What scales and shifts. */
  MULTIPLY_AND_ADD(Pattern.of(ADD, Pattern.of(MULTIPLY, Parts.X, Parts.Y), Parts.Z)) {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        at(x, i).mul(at(y, i)).add(at(z, i)).intoArray(to, i);
      }
    }
  },
  /** What ends a residual block. */
  ADD_AND_SCALE(Pattern.ofAny(MULTIPLY_CONSTANT, Pattern.of(ADD, Parts.X, Parts.Y))) {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        at(x, i).add(at(y, i)).mul(a).intoArray(to, i);
      }
    }
  },
  /** What a variance sums. */
  SQUARED_DIFFERENCE(Pattern.of(SQUARE, Pattern.of(SUBTRACT, Parts.X, Parts.Y))) {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        FloatVector v = at(x, i).sub(at(y, i));
        v.mul(v).intoArray(to, i);
      }
    }
  };

  private static final int L = VectorLoops.LANES.length();

  @SuppressWarnings("ImmutableEnumChecker") // records of lists that nobody changes
  private final Pattern pattern;

  Combination(Pattern pattern) {
    this.pattern = pattern;
  }

  /** The functions that it computes. */
  Pattern pattern() {
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
