package io.ddgan.eval.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.random.RandomStreams;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network with one convolution and parameters that none of its layers begins with. */
class NetworkTest {

  private static final int CLASSES = 3;
  private static final int COUNT = 5;
  private static final double STEP = 1e-3;
  private static final DataShape SHAPE = DataShape.image(2, 7, 6);

  private final RandomGenerator random = new RandomStreams(3).stream("test");
  private final float[] images = new float[COUNT * SHAPE.size()];
  private ClassifierNetwork network;

  @BeforeEach
  void makeANetworkAndImages() {
    network = ClassifierNetwork.untrained(SHAPE, CLASSES, 1, 3);
    network.graph().paramTable().forEach(this::disturb);
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
  }

  private void disturb(String name, INDArray values) {
    if (!name.endsWith("_W")) {
      for (int i = 0; i < values.length(); i++) {
        values.putScalar(i, 0.5 * random.nextDouble());
      }
    }
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void computesWhatItsLayersSay() {
    float[] features = new float[COUNT * ClassifierNetwork.SIZE];
    float[] probabilities = new float[COUNT * CLASSES];
    network.apply(images, COUNT, features, probabilities);
    PlainNetwork plain = new PlainNetwork(network.graph().paramTable());
    for (int i = 0; i < COUNT; i++) {
      int size = SHAPE.size();
      double[] image = new double[size];
      for (int j = 0; j < size; j++) {
        image[j] = images[i * size + j];
      }
      double[] hidden = plain.features(image, SHAPE);
      assertEquals(ClassifierNetwork.SIZE, hidden.length);
      for (int j = 0; j < hidden.length; j++) {
        assertEquals(hidden[j], features[i * hidden.length + j], 1e-4);
      }
      double[] classes = plain.probabilities(hidden);
      for (int j = 0; j < CLASSES; j++) {
        assertEquals(classes[j], probabilities[i * CLASSES + j], 1e-5);
      }
    }
  }

  @Test
  void itsGradientTellsHowTheLossChanges() {
    float[][] targets = new float[COUNT][CLASSES];
    for (int i = 0; i < COUNT; i++) {
      targets[i][i % CLASSES] = 1;
    }
    try (INDArray x = Nd4j.createFromArray(images);
        INDArray y = Nd4j.createFromArray(targets)) {
      network
          .graph()
          .setInputs(x.reshape(COUNT, SHAPE.channels(), 1, SHAPE.height(), SHAPE.width()));
      network.graph().setLabels(y);
      loss();
      Map<String, INDArray> gradients = new LinkedHashMap<>();
      network
          .graph()
          .gradient()
          .gradientForVariable()
          .forEach((name, sum) -> gradients.put(name, sum.div(COUNT)));
      assertEquals(6, gradients.size());
      gradients.forEach(
          (name, gradient) -> {
            double expected = gradient.norm2Number().doubleValue();
            assertEquals(expected, slope(name, gradient.div(expected)), 0.01 * expected, name);
          });
    }
  }

  /** By how much the loss changes along a direction of length 1. */
  private double slope(String name, INDArray direction) {
    INDArray parameters = network.graph().paramTable().get(name);
    INDArray before = parameters.dup();
    INDArray way = direction.mul(STEP).reshape(parameters.shape());
    parameters.addi(way);
    double above = loss();
    parameters.assign(before.sub(way));
    double below = loss();
    parameters.assign(before);
    return (above - below) / (2 * STEP);
  }

  private double loss() {
    ComputationGraph graph = network.graph();
    graph.computeGradientAndScore();
    return graph.score() - graph.calcRegularizationScore(true);
  }
}
