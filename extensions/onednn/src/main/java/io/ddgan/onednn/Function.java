package io.ddgan.onednn;

import io.ddgan.engine.OperationCall;
import java.util.Map;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Functions of single numbers, on arrays whose length is a multiple of the lanes. */
enum Function implements Loop {
  ABS("abs") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        at(x, i).abs().intoArray(to, i);
      }
    }
  },
  ADD("add") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        at(x, i).add(at(y, i)).intoArray(to, i);
      }
    }
  },
  ADD_CONSTANT("add_scalar") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        at(x, i).add(a).intoArray(to, i);
      }
    }
  },
  DIVIDE("divide") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        at(x, i).div(at(y, i)).intoArray(to, i);
      }
    }
  },
  MAXIMUM("maximum") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        at(x, i).max(at(y, i)).intoArray(to, i);
      }
    }
  },
  MINIMUM("minimum") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        at(x, i).min(at(y, i)).intoArray(to, i);
      }
    }
  },
  MULTIPLY("multiply") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        at(x, i).mul(at(y, i)).intoArray(to, i);
      }
    }
  },
  MULTIPLY_CONSTANT("mul_scalar") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        at(x, i).mul(a).intoArray(to, i);
      }
    }
  },
  NEGATIVE("neg") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        at(x, i).neg().intoArray(to, i);
      }
    }
  },
  ROOT("sqrt") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        at(x, i).sqrt().intoArray(to, i);
      }
    }
  },
  SQUARE("square") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        FloatVector v = at(x, i);
        v.mul(v).intoArray(to, i);
      }
    }
  },
  /** 1 above a constant, and 0 elsewhere. */
  STEP("step") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      FloatVector zero = FloatVector.zero(VectorLoops.LANES);
      for (int i = 0; i < n; i += L) {
        zero.blend(1f, at(x, i).compare(VectorOperators.GT, a)).intoArray(to, i);
      }
    }
  },
  SUBTRACT("subtract") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        at(x, i).sub(at(y, i)).intoArray(to, i);
      }
    }
  },
  TANH("tanh") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        Tanh.of(at(x, i)).intoArray(to, i);
      }
    }
  },
  /** The gradient of tanh's argument, from the result and its gradient. */
  TANH_GRADIENT_OF_RESULT("tanh_bp_of_result") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        Tanh.gradient(at(x, i), at(y, i)).intoArray(to, i);
      }
    }
  },
  /** The gradient of tanh's argument, from the argument and the result's gradient. */
  TANH_GRADIENT("tanh_bp") {
    @Override
    public void applyLanes(float[] x, float[] y, float[] z, float[] to, int n, float a, float b) {
      for (int i = 0; i < n; i += L) {
        Tanh.gradient(Tanh.of(at(x, i)), at(y, i)).intoArray(to, i);
      }
    }
  };

  private static final int L = VectorLoops.LANES.length();
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
  static Optional<Function> of(OperationCall call) {
    return Optional.ofNullable(BY_OPERATION.get(call.name()));
  }

  /** ND4J's name of it. */
  String operation() {
    return operation;
  }

  /** Whether it is the same with its arguments exchanged. */
  boolean isCommutative() {
    return this == ADD || this == MULTIPLY || this == MAXIMUM || this == MINIMUM;
  }

  static FloatVector at(float[] from, int position) {
    return FloatVector.fromArray(VectorLoops.LANES, from, position);
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
