package io.ddgan.eval.classifier;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 3x3 convolution. Its arithmetic is one native operation: the library has a helper for that,
 * which it no longer finds by itself, and takes ten times as long without.
 */
final class Convolution extends ConvolutionLayer {

  private static final int KERNEL = 3;

  Convolution(int channels, int stride) {
    super(
        new ConvolutionLayer.Builder(KERNEL, KERNEL)
            .stride(stride, stride)
            .nOut(channels)
            .convolutionMode(ConvolutionMode.Same)
            .hasBias(false) // the normalisation behind it has one
            .activation(Activation.IDENTITY));
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    return NativeLayers.place(
        new Native(configuration, type), configuration, listeners, index, parameters, initialize);
  }

  private static final class Native
      extends org.deeplearning4j.nn.layers.convolution.ConvolutionLayer {

    Native(NeuralNetConfiguration configuration, DataType type) {
      super(configuration, type);
      helper = new MKLDNNConvHelper(type);
    }
  }
}
