package io.ddgan.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.inject.Guice;
import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.GradientPenalty.Place;
import io.ddgan.api.Ramp;
import io.ddgan.contract.Scalar;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.losses.RelativisticLoss.Variant;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.plugin.RegisteredComponent;
import io.ddgan.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * All losses and penalties in a compiled plan and in SameDiff's own session, forwards and
 * backwards, in the precision of training. All of them take means, which a plan computes in another
 * order.
 */
@Tag("cuda")
class PlanAndSessionTest {

  static Stream<AdversarialLoss> losses() {
    return Stream.of(
        new NonSaturatingLoss(),
        new HingeLoss(),
        new LeastSquaresLoss(),
        new WassersteinLoss(),
        new RelativisticLoss(Variant.PAIRED),
        new RelativisticLoss(Variant.AVERAGE));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void agreeOnEveryLoss(AdversarialLoss loss) {
    for (BinaryOperator<SDVariable> part :
        List.<BinaryOperator<SDVariable>>of(loss::discriminatorLoss, loss::generatorLoss)) {
      for (int n : new int[] {7, 64}) {
        agreeOn(
            x ->
                part.apply(x.get(SDIndex.interval(0, n)), x.get(SDIndex.interval(n, 2 * n))).mean(),
            2L * n);
      }
    }
  }

  @Test
  void agreeOnR1() {
    GradientPenalty penalty = new R1Penalty(Ramp.constant(0.05), 15, Place.REAL);
    agreeOn(penalty::penalty, 3, 2);
    agreeOn(penalty::penalty, 4, 3 * 16 * 16);
  }

  @Test
  void agreeOnThePenaltyOfWassersteinGans() {
    GradientPenalty penalty = new WganPenalty(Ramp.constant(10), 1);
    agreeOn(penalty::penalty, 3, 2);
    agreeOn(penalty::penalty, 4, 3 * 16 * 16);
  }

  /** Having no penalty adds nothing to a graph. */
  @Test
  void areComparedOnEveryLossAndPenalty() {
    assertEquals(
        losses().map(Object::getClass).collect(Collectors.toSet()), registered(ComponentKind.LOSS));
    assertEquals(
        Set.of(R1Penalty.class, WganPenalty.class, NoPenalty.class),
        registered(ComponentKind.PENALTY));
  }

  private static Set<Class<?>> registered(ComponentKind kind) {
    try (Plugins plugins = Plugins.load(Optional.empty())) {
      return Guice.createInjector(plugins).getInstance(ComponentRegistry.class).all(kind).stream()
          .map(RegisteredComponent::recordClass)
          .collect(Collectors.toSet());
    }
  }

  private static void agreeOn(UnaryOperator<SDVariable> function, long... shape) {
    double[] x = new double[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    var random = new RandomStreams(6).stream("x");
    Arrays.setAll(x, i -> 3 * random.nextGaussian());
    try (Scalar scalar = new Scalar(DataType.FLOAT, function, shape)) {
      scalar.assertAgreesWithTheSession(x);
    }
  }
}
