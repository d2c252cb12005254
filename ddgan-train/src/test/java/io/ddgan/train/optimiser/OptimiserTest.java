package io.ddgan.train.optimiser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.ddgan.api.DataShape;
import io.ddgan.api.Optimiser;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.Ramp;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.NetworkUpdate;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Compares several updates with the papers' formulas in double precision. */
class OptimiserTest {

  private static final int UPDATES = 6;
  private static final double[] START = {0.5, -2, 0.03, 1e-3};

  /** Includes a rate of 0, as at the end of a decay. */
  private static final double[] RATES = {0.1, 0.05, 0.02, 0, 0.2, 0.01};

  private static double gradient(int update, int i) {
    return Math.sin(1 + update + 2 * i) * Math.pow(10, -i);
  }

  @Test
  void adamFollowsItsPaper() {
    assertFollows(
        new Adam(Ramp.constant(0.5), Ramp.constant(0.9), 1e-8),
        new AdamFormula(update -> 0.5, update -> 0.9, 1e-8, update -> 0));
  }

  @Test
  void adamAddsItsEpsilonToTheRootOfTheCorrectedMeanSquare() {
    assertFollows(
        new Adam(Ramp.constant(0.9), Ramp.constant(0.999), 0.05),
        new AdamFormula(update -> 0.9, update -> 0.999, 0.05, update -> 0));
  }

  @Test
  void adamUsesRampsInEveryUpdate() {
    assertFollows(
        new Adam(linear(0, 0.9, 3), linear(0.8, 0.99, 5), 1e-8),
        new AdamFormula(
            update -> 0.9 * Math.min(1, update / 3.0),
            update -> 0.8 + 0.19 * Math.min(1, update / 5.0),
            1e-8,
            update -> 0));
  }

  @Test
  void adamWDecaysWeightsBeforeAdam() {
    assertFollows(
        new AdamW(Ramp.constant(0.9), Ramp.constant(0.99), 1e-8, linear(0.5, 0.1, 4)),
        new AdamFormula(
            update -> 0.9, update -> 0.99, 1e-8, update -> 0.5 - 0.4 * Math.min(1, update / 4.0)));
  }

  @Test
  void gradientDescentWithoutMomentumFollowsTheGradient() {
    assertFollows(new Sgd(Ramp.constant(0), false), new SgdFormula(update -> 0, false));
  }

  @Test
  void momentumKeepsAShareOfTheVelocity() {
    assertFollows(
        new Sgd(linear(0.5, 0.9, 4), false),
        new SgdFormula(update -> 0.5 + 0.4 * Math.min(1, update / 4.0), false));
  }

  @Test
  void nesterovMomentumAddsTheGradient() {
    assertFollows(new Sgd(Ramp.constant(0.9), true), new SgdFormula(update -> 0.9, true));
  }

  @Test
  void weightsStayWithoutGradientAndDecay() {
    for (Optimiser optimiser :
        List.of(
            new Adam(Ramp.constant(0.9), Ramp.constant(0.99), 1e-8),
            new AdamW(Ramp.constant(0.9), Ramp.constant(0.99), 1e-8, Ramp.constant(0)),
            new Sgd(Ramp.constant(0.9), true))) {
      try (Vectors vectors = new Vectors(optimiser)) {
        float[] before = vectors.values();
        for (int update = 0; update < 3; update++) {
          vectors.gradient.flat().assign(0);
          vectors.update(update);
        }
        assertArrayEquals(before, vectors.values(), optimiser.toString());
      }
    }
  }

  private static Ramp linear(double from, double to, long over) {
    return new Ramp(from, to, Optional.of(over), Ramp.Shape.LINEAR);
  }

  private static void assertFollows(Optimiser optimiser, Formula formula) {
    try (Vectors vectors = new Vectors(optimiser)) {
      double[] expected = START.clone();
      for (int update = 0; update < UPDATES; update++) {
        for (int i = 0; i < START.length; i++) {
          vectors.gradient.flat().putScalar(i, gradient(update, i));
          expected[i] = formula.next(expected[i], gradient(update, i), i, update);
        }
        vectors.update(update);
        double[] actual = vectors.weights.flat().dup().data().asDouble();
        assertArrayEquals(expected, actual, 3e-6, "after update " + update);
      }
    }
  }

  private interface Formula {
    double next(double weight, double gradient, int i, int update);
  }

  private interface Value {
    double at(int update);
  }

  private static final class AdamFormula implements Formula {

    private final Value beta1;
    private final Value beta2;
    private final double epsilon;
    private final Value decay;
    private final double[] mean = new double[START.length];
    private final double[] square = new double[START.length];

    AdamFormula(Value beta1, Value beta2, double epsilon, Value decay) {
      this.beta1 = beta1;
      this.beta2 = beta2;
      this.epsilon = epsilon;
      this.decay = decay;
    }

    @Override
    public double next(double weight, double gradient, int i, int update) {
      double b1 = beta1.at(update);
      double b2 = beta2.at(update);
      mean[i] = b1 * mean[i] + (1 - b1) * gradient;
      square[i] = b2 * square[i] + (1 - b2) * gradient * gradient;
      double correctedMean = mean[i] / (1 - Math.pow(b1, update + 1));
      double correctedSquare = square[i] / (1 - Math.pow(b2, update + 1));
      double rate = RATES[update];
      return weight
          - rate * decay.at(update) * weight
          - rate * correctedMean / (Math.sqrt(correctedSquare) + epsilon);
    }
  }

  private static final class SgdFormula implements Formula {

    private final Value momentum;
    private final boolean nesterov;
    private final double[] velocity = new double[START.length];

    SgdFormula(Value momentum, boolean nesterov) {
      this.momentum = momentum;
      this.nesterov = nesterov;
    }

    @Override
    public double next(double weight, double gradient, int i, int update) {
      double kept = momentum.at(update);
      velocity[i] = kept * velocity[i] + gradient;
      return weight - RATES[update] * (nesterov ? gradient + kept * velocity[i] : velocity[i]);
    }
  }

  /** Weights in one vector, as in an update of the runtime. */
  private static final class Vectors implements AutoCloseable {

    private static final ParameterLayout LAYOUT =
        ParameterLayout.of(DataShape.point(1), 1, Vectors::declare);

    private final Optimiser optimiser;
    private final ParameterSet weights = ParameterSet.zeros(LAYOUT, DataType.FLOAT);
    private final ParameterSet gradient = ParameterSet.zeros(LAYOUT, DataType.FLOAT);
    private final Map<String, ParameterSet> kept = new HashMap<>();

    Vectors(Optimiser optimiser) {
      this.optimiser = optimiser;
      optimiser.stateNames().forEach(n -> kept.put(n, ParameterSet.zeros(LAYOUT, DataType.FLOAT)));
      weights.flat().assign(Nd4j.createFromArray(START));
    }

    private static void declare(ParameterScope p) {
      SDVariable unused =
          p.parameter("all", (shape, random) -> new float[START.length], START.length);
    }

    float[] values() {
      return weights.flat().dup().data().asFloat();
    }

    void update(int update) {
      optimiser.update(
          new NetworkUpdate(
              Engine.nd4j(),
              weights,
              gradient,
              kept,
              RATES[update],
              update,
              ramp -> ramp.at(update, UPDATES)));
    }

    @Override
    public void close() {
      weights.close();
      gradient.close();
      kept.values().forEach(ParameterSet::close);
    }
  }
}
