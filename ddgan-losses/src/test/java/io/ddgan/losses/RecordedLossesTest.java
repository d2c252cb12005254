package io.ddgan.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ddgan.contract.Scalar;
import io.ddgan.losses.RelativisticLoss.Variant;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** Losses and conjugates beside PyTorch's values and gradients, which losses.py has recorded. */
class RecordedLossesTest {

  private static final Config RECORDED = ConfigFactory.parseResources("pytorch/losses.json");

  @ParameterizedTest
  @EnumSource
  void relativisticLossesEqualPyTorch(Variant against) {
    RelativisticLoss loss = new RelativisticLoss(against);
    Config recorded = RECORDED.getConfig("relativistic-" + key(against));
    assertEqual(recorded.getConfig("discriminator"), loss::discriminatorLoss);
    assertEqual(recorded.getConfig("generator"), loss::generatorLoss);
  }

  @ParameterizedTest
  @EnumSource
  void conjugatesEqualPyTorch(Conjugate conjugate) {
    Config recorded = RECORDED.getConfig("conjugate-" + key(conjugate));
    double[] x = numbers(recorded, "x");
    try (Scalar sum = new Scalar(DataType.DOUBLE, v -> conjugate.of(v).sum(), x.length)) {
      assertEquals(DoubleStream.of(numbers(recorded, "value")).sum(), sum.value(x), 1e-9);
      assertArrayEquals(numbers(recorded, "gradient-x"), sum.gradient(x), 1e-9);
    }
  }

  @Test
  void theExponentialConjugateGoesOnAsItsTangent() {
    try (Scalar sum = new Scalar(DataType.FLOAT, v -> Conjugate.KL.of(v).sum(), 1)) {
      double slope = sum.gradient(20.5)[0];
      assertEquals(slope, sum.gradient(1e4)[0], slope * 1e-5);
      assertEquals(slope * 100, sum.value(150) - sum.value(50), slope * 1e-2);
      assertTrue(Double.isFinite(sum.value(1e4)));
    }
  }

  private static void assertEqual(Config recorded, BinaryOperator<SDVariable> loss) {
    double[] real = numbers(recorded, "real");
    double[] fake = numbers(recorded, "fake");
    int n = real.length;
    double[] both = Arrays.copyOf(real, 2 * n);
    System.arraycopy(fake, 0, both, n, n);
    try (Scalar sum =
        new Scalar(
            DataType.DOUBLE,
            v -> loss.apply(v.get(SDIndex.interval(0, n)), v.get(SDIndex.interval(n, 2 * n))).sum(),
            2L * n)) {
      assertEquals(DoubleStream.of(numbers(recorded, "value")).sum(), sum.value(both), 1e-9);
      double[] gradient = sum.gradient(both);
      assertArrayEquals(numbers(recorded, "gradient-real"), Arrays.copyOf(gradient, n), 1e-9);
      assertArrayEquals(
          numbers(recorded, "gradient-fake"), Arrays.copyOfRange(gradient, n, 2 * n), 1e-9);
    }
  }

  private static double[] numbers(Config recorded, String name) {
    return recorded.getDoubleList(name).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static String key(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
