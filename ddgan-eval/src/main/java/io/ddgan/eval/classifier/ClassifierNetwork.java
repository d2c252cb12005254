package io.ddgan.eval.classifier;

import io.ddgan.api.DataShape;
import io.ddgan.internal.weights.Tensor;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Convolution3D.DataFormat;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.RampSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.SigmoidSchedule;

/**
 * A small convolutional classifier of images: 3x3 convolutions with ReLUs that halve the image to
 * at most 4 pixels in height or width, then two dense layers, the first of which outputs the
 * features.
 */
record ClassifierNetwork(ComputationGraph graph, DataShape shape) implements AutoCloseable {

  /** Number of features. */
  static final int SIZE = 128;

  /** Changes with the layers and their training, which invalidates cached weights. */
  static final int VERSION = 4;

  private static final String INPUT = "images";
  private static final String FEATURES = "features";
  private static final String CLASSES = "classes";

  private static final int NARROW = 32;
  private static final int WIDE = 128;
  private static final int SMALL = 4;
  private static final double RATE = 0.1;
  private static final int WARM_UP = 100;
  private static final double MOMENTUM = 0.9;
  private static final double DECAY = 1e-3;

  /**
   * Creates an untrained network.
   *
   * @param steps training steps, over which the learning rate falls to 0
   */
  static ClassifierNetwork untrained(DataShape shape, int classes, int steps, long seed) {
    ComputationGraph graph =
        graph(
            shape,
            classes,
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.RELU)
                .updater(new Nesterovs(rate(steps), MOMENTUM))
                .l2(DECAY));
    graph.init();
    return new ClassifierNetwork(graph, shape);
  }

  /** Creates a network with trained parameters. */
  static ClassifierNetwork trained(DataShape shape, int classes, Tensor parameters) {
    ComputationGraph graph = graph(shape, classes, new NeuralNetConfiguration.Builder());
    graph.init(Nd4j.createFromArray(new float[][] {parameters.toArray()}), false);
    return new ClassifierNetwork(graph, shape);
  }

  /** Returns a copy of the parameters. */
  Tensor parameters() {
    return Tensor.of(List.of(graph.numParams()), values(graph.params()));
  }

  /**
   * Does one training step.
   *
   * @param examples {@code [N, ...shape]}
   * @param targets probabilities of the classes, {@code [N, classes]}
   */
  void step(float[][] examples, float[][] targets) {
    try (INDArray x = Nd4j.createFromArray(examples);
        INDArray y = Nd4j.createFromArray(targets)) {
      graph.fit(new INDArray[] {volumes(x, examples.length)}, new INDArray[] {y});
    }
  }

  /**
   * Applies the network.
   *
   * @param examples {@code [N, ...shape]}, at least {@code count} of them
   * @param features receives {@code [count, SIZE]}
   * @param probabilities receives {@code [count, classes]}
   */
  void apply(float[] examples, int count, float[] features, float[] probabilities) {
    try (INDArray x = Nd4j.createFromArray(Arrays.copyOf(examples, count * shape.size()))) {
      INDArray[] outputs =
          graph.output(List.of(FEATURES, CLASSES), false, new INDArray[] {volumes(x, count)}, null);
      try (INDArray hidden = outputs[0];
          INDArray output = outputs[1]) {
        copy(hidden, features);
        copy(output, probabilities);
      }
    }
  }

  /**
   * Warms up over the first steps, whose gradients are large, and decays sigmoidally to nearly 0.
   */
  private static ISchedule rate(int steps) {
    return new RampSchedule(
        new SigmoidSchedule(ScheduleType.ITERATION, RATE, -10.0 / steps, steps / 2), WARM_UP);
  }

  private static ComputationGraph graph(
      DataShape shape, int classes, NeuralNetConfiguration.Builder settings) {
    GraphBuilder layers =
        settings
            .convolutionMode(ConvolutionMode.Same)
            .activation(Activation.RELU)
            .graphBuilder()
            .addInputs(INPUT)
            .setInputTypes(
                InputType.convolutional3D(
                    DataFormat.NCDHW, 1, shape.height(), shape.width(), shape.channels()));
    int side = Math.min(shape.height(), shape.width());
    int channels = NARROW;
    while (side > SMALL) {
      side = (side + 1) / 2;
      layers.appendLayer("down-to-" + side, convolution(channels, 2));
      if (side > SMALL) {
        layers.appendLayer("at-" + side, convolution(channels, 1));
      }
      channels = Math.min(2 * channels, WIDE);
    }
    return new ComputationGraph(
        layers
            .appendLayer(FEATURES, new DenseLayer.Builder().nOut(SIZE).build())
            .appendLayer(
                CLASSES,
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(classes)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setOutputs(CLASSES)
            .build());
  }

  /**
   * Returns a 3x3 convolution with depth 1, ten times as fast on CPUs as the library's 2D layer.
   */
  private static Convolution3D convolution(int channels, int stride) {
    return new Convolution3D.Builder(1, 3, 3)
        .stride(1, stride, stride)
        .dataFormat(DataFormat.NCDHW)
        .nOut(channels)
        .build();
  }

  private INDArray volumes(INDArray images, int count) {
    return images.reshape(count, shape.channels(), 1, shape.height(), shape.width());
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

  @Override
  public void close() {
    graph.close();
  }
}
