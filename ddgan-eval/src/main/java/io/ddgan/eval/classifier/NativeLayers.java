package io.ddgan.eval.classifier;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sets up layers of our own classes as the library sets up its own. */
final class NativeLayers {

  private NativeLayers() {}

  /** Gives a layer its place in the network and its part of the parameters. */
  static Layer place(
      Layer layer,
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize) {
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(
        configuration.getLayer().initializer().init(configuration, parameters, initialize));
    layer.setConf(configuration);
    return layer;
  }
}
