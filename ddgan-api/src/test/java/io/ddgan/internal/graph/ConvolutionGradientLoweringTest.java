package io.ddgan.internal.graph;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

class ConvolutionGradientLoweringTest {

  private final PlanAndSession both = new PlanAndSession();

  @ParameterizedTest(name = "a kernel of {0} with a padding of {1}, same size: {2}")
  @CsvSource({"3, 1, false", "3, 0, false", "1, 0, false", "3, 0, true", "2, 0, true"})
  void theGradientOfTheInputAloneIsATransposedConvolution(int kernel, int padding, boolean same) {
    SDVariable x = both.input("x", 2, 3, 6, 5);
    SDVariable w = both.input("w", 4, 3, kernel, kernel);
    var config = convolution(kernel, padding).paddingMode(mode(same)).build();
    both.compare(both.sameDiff().cnn().conv2d(x, w, config), x).agreeWithout("conv2d_bp");
  }

  @Test
  void theGradientOfTheInputDoesNotDependOnTheBias() {
    SDVariable x = both.input("x", 2, 3, 6, 5);
    SDVariable w = both.input("w", 4, 3, 3, 3);
    SDVariable b = both.input("b", 4);
    var config = convolution(3, 1).build();
    both.compare(both.sameDiff().cnn().conv2d(x, w, b, config), x).agreeWithout("conv2d_bp");
  }

  @Test
  void theGradientOfTheWeightStaysAsItIs() {
    SDVariable x = both.input("x", 2, 3, 6, 5);
    SDVariable w = both.input("w", 4, 3, 3, 3);
    both.compare(both.sameDiff().cnn().conv2d(x, w, convolution(3, 1).build()), x, w)
        .agreeWith("conv2d_bp");
  }

  @Test
  void theGradientWithAStrideStaysAsItIs() {
    SDVariable x = both.input("x", 2, 3, 7, 7);
    SDVariable w = both.input("w", 4, 3, 3, 3);
    staysAsItIs(x, w, convolution(3, 1).sH(2).sW(2));
  }

  /** The native library refuses it, in the session too. */
  @Test
  void theGradientWithADilationStaysAsItIs() {
    SDVariable x = both.input("x", 2, 3, 7, 7);
    SDVariable w = both.input("w", 4, 3, 3, 3);
    var config = convolution(3, 2).dH(2).dW(2).build();
    both.compare(both.sameDiff().cnn().conv2d(x, w, config), x).keeps("conv2d_bp");
  }

  @Test
  void theGradientOnWeightsOfAnotherFormatStaysAsItIs() {
    SDVariable x = both.input("x", 2, 3, 6, 5);
    SDVariable w = both.input("w", 3, 3, 3, 4);
    staysAsItIs(x, w, convolution(3, 1).weightsFormat(WeightsFormat.YXIO));
  }

  private void staysAsItIs(
      SDVariable x, SDVariable w, Conv2DConfig.Conv2DConfigBuilder convolution) {
    both.compare(both.sameDiff().cnn().conv2d(x, w, convolution.build()), x).agreeWith("conv2d_bp");
  }

  private static PaddingMode mode(boolean same) {
    return same ? PaddingMode.SAME : PaddingMode.VALID;
  }

  static Conv2DConfig.Conv2DConfigBuilder convolution(int kernel, int padding) {
    return Conv2DConfig.builder()
        .kH(kernel)
        .kW(kernel)
        .pH(padding)
        .pW(padding)
        .paddingMode(PaddingMode.VALID)
        .weightsFormat(WeightsFormat.OIYX);
  }
}
