package io.ddgan.eval.classifier;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNBatchNormHelper;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation by native operations, for the same reason as in {@link Convolution}; besides,
 * the library's own arithmetic leaves two arrays of every batch to the garbage collector.
 */
final class Normalization extends BatchNormalization {

  Normalization() {
    setUseLogStd(false); // the average of the variance itself
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
      extends org.deeplearning4j.nn.layers.normalization.BatchNormalization {

    private final MKLDNNBatchNormHelper operations;

    Native(NeuralNetConfiguration configuration, DataType type) {
      super(configuration, type);
      operations = new MKLDNNBatchNormHelper(type);
    }

    @Override
    public INDArray preOutput(INDArray x, TrainingMode mode, LayerWorkspaceMgr memory) {
      return operations.preOutput(
          x,
          mode == TrainingMode.TRAIN,
          x.shape(),
          getParam(BatchNormalizationParamInitializer.GAMMA),
          getParam(BatchNormalizationParamInitializer.BETA),
          getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN),
          getParam(BatchNormalizationParamInitializer.GLOBAL_VAR),
          layerConf().getDecay(),
          layerConf().getEps(),
          layerConf().getCnn2DFormat(),
          memory);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr memory) {
      Pair<Gradient, INDArray> result =
          operations.backpropGradient(
              input,
              epsilon,
              input.shape(),
              getParam(BatchNormalizationParamInitializer.GAMMA),
              getParam(BatchNormalizationParamInitializer.BETA),
              gradientViews.get(BatchNormalizationParamInitializer.GAMMA),
              gradientViews.get(BatchNormalizationParamInitializer.BETA),
              layerConf().getEps(),
              layerConf().getCnn2DFormat(),
              memory);
      Gradient gradient = result.getFirst();
      average(
          BatchNormalizationParamInitializer.GLOBAL_MEAN,
          operations.getMeanCache(dataType),
          gradient);
      average(
          BatchNormalizationParamInitializer.GLOBAL_VAR,
          operations.getVarCache(dataType),
          gradient);
      return result;
    }

    /** Moves a running average towards a batch's value; it is applied as a gradient is. */
    private void average(String name, INDArray batch, Gradient gradient) {
      INDArray change = gradientViews.get(name);
      INDArray average = getParam(name);
      average.subi(batch.reshape(average.shape()), change).muli(1 - layerConf().getDecay());
      gradient.setGradientFor(name, change);
    }
  }
}
