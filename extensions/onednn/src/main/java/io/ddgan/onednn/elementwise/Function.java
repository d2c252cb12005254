package io.ddgan.onednn.elementwise;

import io.ddgan.engine.OperationCall;
import io.ddgan.onednn.runtime.Numbers;
import io.ddgan.onednn.runtime.Piece;
import io.ddgan.onednn.runtime.VectorLoops;
import java.util.Map;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Functions of single numbers. */
public enum Function implements Loop {
  ABS("abs") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(toAt + i, xs.loadFrom(xAt + i).abs());
      }
    }
  },
  ADD("add") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers ys = y.numbers();
      long yAt = y.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(toAt + i, xs.loadFrom(xAt + i).add(ys.loadFrom(yAt + i)));
      }
    }
  },
  ADD_CONSTANT("add_scalar") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(toAt + i, xs.loadFrom(xAt + i).add(a));
      }
    }
  },
  DIVIDE("divide") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers ys = y.numbers();
      long yAt = y.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(toAt + i, xs.loadFrom(xAt + i).div(ys.loadFrom(yAt + i)));
      }
    }
  },
  MAXIMUM("maximum") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers ys = y.numbers();
      long yAt = y.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(toAt + i, xs.loadFrom(xAt + i).max(ys.loadFrom(yAt + i)));
      }
    }
  },
  MINIMUM("minimum") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers ys = y.numbers();
      long yAt = y.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(toAt + i, xs.loadFrom(xAt + i).min(ys.loadFrom(yAt + i)));
      }
    }
  },
  MULTIPLY("multiply") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers ys = y.numbers();
      long yAt = y.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(toAt + i, xs.loadFrom(xAt + i).mul(ys.loadFrom(yAt + i)));
      }
    }
  },
  MULTIPLY_CONSTANT("mul_scalar") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(toAt + i, xs.loadFrom(xAt + i).mul(a));
      }
    }
  },
  NEGATIVE("neg") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(toAt + i, xs.loadFrom(xAt + i).neg());
      }
    }
  },
  ROOT("sqrt") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(toAt + i, xs.loadFrom(xAt + i).sqrt());
      }
    }
  },
  SQUARE("square") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        FloatVector v = xs.loadFrom(xAt + i);
        results.storeTo(toAt + i, v.mul(v));
      }
    }
  },
  /** 1 above a constant, and 0 elsewhere. */
  STEP("step") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      FloatVector zero = FloatVector.zero(VectorLoops.LANES);
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(
            toAt + i, zero.blend(1f, xs.loadFrom(xAt + i).compare(VectorOperators.GT, a)));
      }
    }
  },
  SUBTRACT("subtract") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers ys = y.numbers();
      long yAt = y.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(toAt + i, xs.loadFrom(xAt + i).sub(ys.loadFrom(yAt + i)));
      }
    }
  },
  TANH("tanh") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(toAt + i, Tanh.of(xs.loadFrom(xAt + i)));
      }
    }
  },
  /** The gradient of tanh's argument, from the result and its gradient. */
  TANH_GRADIENT_OF_RESULT("tanh_bp_of_result") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers ys = y.numbers();
      long yAt = y.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(toAt + i, Tanh.gradient(xs.loadFrom(xAt + i), ys.loadFrom(yAt + i)));
      }
    }
  },
  /** The gradient of tanh's argument, from the argument and the result's gradient. */
  TANH_GRADIENT("tanh_bp") {
    @Override
    public void applyLanes(Piece x, Piece y, Piece z, Piece to, int n, float a, float b) {
      Numbers xs = x.numbers();
      long xAt = x.place();
      Numbers ys = y.numbers();
      long yAt = y.place();
      Numbers results = to.numbers();
      long toAt = to.place();
      for (long i = 0, end = Numbers.bytes(n); i < end; i += V) {
        results.storeTo(
            toAt + i, Tanh.gradient(Tanh.of(xs.loadFrom(xAt + i)), ys.loadFrom(yAt + i)));
      }
    }
  };

  private static final long V = VectorLoops.BYTES;

  private static final Map<String, Function> BY_OPERATION = new java.util.HashMap<>();

  static {
    for (Function function : values()) {
      BY_OPERATION.put(function.operation, function);
    }
  }

  private final String operation;

  Function(String operation) {
    this.operation = operation;
  }

  /** The function of an operation of ND4J; empty for others. */
  public static Optional<Function> of(OperationCall call) {
    return Optional.ofNullable(BY_OPERATION.get(call.name()));
  }

  /** ND4J's name of it. */
  String operation() {
    return operation;
  }

  /** Whether it is the same with its arguments exchanged. */
  public boolean isCommutative() {
    return this == ADD || this == MULTIPLY || this == MAXIMUM || this == MINIMUM;
  }

  /** The hyperbolic tangent, to a few units in the last place; not a number stays so. */
  static final class Tanh {

    private static final float LARGEST = 7.905311f; // beyond it, float32 has 1

    /** A quotient of polynomials of the degrees 13 and 6, with the coefficients of Eigen's. */
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

    /** The gradient of the argument, from the result and its gradient. */
    static FloatVector gradient(FloatVector t, FloatVector g) {
      return g.sub(g.mul(t).mul(t));
    }

    private static FloatVector constant(float value) {
      return FloatVector.broadcast(VectorLoops.LANES, value);
    }
  }
}
