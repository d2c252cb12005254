package io.ddgan.eval.classifier;

import io.ddgan.api.DataShape;
import io.ddgan.weights.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.api.FwdPassType;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A small convolutional classifier of images. 3x3 convolutions, each with batch normalisation and a
 * ReLU, halve the image until it is at most 4 pixels wide or high; two dense layers follow, the
 * first of which gives the features.
 */
@SuppressWarnings("overrides") // a method of the library's own class
final class Network extends MultiLayerNetwork implements AutoCloseable {

  /** Number of features. */
  static final int FEATURES = 128;

  /** Changes with the layers and with what trains them, so that old weights are not taken. */
  static final int VERSION = 3;

  private static final int NARROW = 32;
  private static final int WIDE = 128;
  private static final int SMALL = 4;
  private static final double RATE = 0.05;
  private static final double MOMENTUM = 0.9;
  private static final double DECAY = 2e-3;

  private final DataShape shape;

  private Network(DataShape shape, int classes, int iterations) {
    super(layers(shape, classes, iterations));
    this.shape = shape;
  }

  /**
   * A network as it is before training.
   *
   * @param iterations steps of the training, over which the learning rate falls to 0
   * @param random draws the weights: the library would seed and use a generator that all share
   */
  static Network untrained(DataShape shape, int classes, int iterations, RandomGenerator random) {
    Network network = new Network(shape, classes, iterations);
    network.init(Nd4j.zeros(DataType.FLOAT, 1, network.size()), false);
    for (Layer layer : network.getLayers()) {
      initialize(layer.paramTable(), random);
    }
    return network;
  }

  /** A network that was trained. */
  static Network trained(DataShape shape, int classes, Tensor parameters) {
    Network network = new Network(shape, classes, 1);
    network.init(Nd4j.createFromArray(new float[][] {parameters.toArray()}), false);
    return network;
  }

  /** Number of parameters. */
  int size() {
    return getLayerWiseConfigurations().getConfs().stream()
        .mapToInt(layer -> (int) layer.getLayer().initializer().numParams(layer))
        .sum();
  }

  /** A copy of the parameters. */
  Tensor parameters() {
    return Tensor.of(List.of(numParams()), values(params()));
  }

  /**
   * One step of the training.
   *
   * @param examples {@code [N, ...shape]}
   * @param targets probabilities of the classes, {@code [N, classes]}
   */
  void step(float[][] examples, float[][] targets) {
    try (INDArray x = Nd4j.createFromArray(examples);
        INDArray y = Nd4j.createFromArray(targets)) {
      fit(x.reshape(shape.batch(examples.length)), y);
    }
  }

  /**
   * Applies the network.
   *
   * @param examples {@code [N, ...shape]}, at least {@code count} of them
   * @param features receives {@code [count, FEATURES]}
   * @param probabilities receives {@code [count, classes]}
   */
  void apply(float[] examples, int count, float[] features, float[] probabilities) {
    try (INDArray x = Nd4j.createFromArray(Arrays.copyOf(examples, count * shape.size()));
        INDArray hidden =
            outputOfLayerDetached(
                false,
                FwdPassType.STANDARD,
                getnLayers() - 2,
                x.reshape(shape.batch(count)),
                null,
                null,
                null);
        INDArray output =
            getOutputLayer().activate(hidden, false, LayerWorkspaceMgr.noWorkspaces())) {
      copy(hidden, features);
      copy(output, probabilities);
    } finally {
      getOutputLayer().clear();
    }
  }

  private static MultiLayerConfiguration layers(DataShape shape, int classes, int iterations) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .updater(new Nesterovs(new Cosine(RATE, iterations), MOMENTUM))
            .l2(DECAY)
            .list();
    int side = Math.min(shape.height(), shape.width());
    int channels = NARROW;
    while (side > SMALL) {
      side = (side + 1) / 2;
      convolution(layers, channels, 2);
      if (side > SMALL) {
        convolution(layers, channels, 1);
      }
      channels = Math.min(2 * channels, WIDE);
    }
    return layers
        .layer(new DenseLayer.Builder().nOut(FEATURES).activation(Activation.RELU).build())
        .layer(
            new OutputLayer.Builder(new LossMCXENT())
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutional(shape.height(), shape.width(), shape.channels()))
        .build();
  }

  private static void convolution(
      NeuralNetConfiguration.ListBuilder layers, int channels, int stride) {
    layers
        .layer(new Convolution(channels, stride))
        .layer(new Normalization())
        .layer(new ActivationLayer(Activation.RELU)); // the normalisation would ignore it
  }

  private static void initialize(Map<String, INDArray> parameters, RandomGenerator random) {
    parameters.forEach(
        (name, values) -> {
          switch (name) {
            case "W" -> initialize(values, random);
            case "gamma", "var" -> values.assign(1);
            default -> values.assign(0);
          }
        });
  }

  /** Normal weights of the variance 2 / inputs (He et al., 2015). */
  private static void initialize(INDArray weights, RandomGenerator random) {
    boolean dense = weights.rank() == 2;
    double inputs = dense ? weights.size(0) : weights.length() / (double) weights.size(0);
    double deviation = Math.sqrt(2 / inputs);
    float[] values = new float[(int) weights.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    try (INDArray drawn = Nd4j.createFromArray(values)) {
      weights.assign(drawn.reshape(weights.shape()));
    }
  }

  private static float[] values(INDArray array) {
    try (INDArray copy = array.dup('c')) {
      return copy.data().asFloat();
    }
  }

  private static void copy(INDArray array, float[] out) {
    float[] values = values(array);
    System.arraycopy(values, 0, out, 0, values.length);
  }
}
