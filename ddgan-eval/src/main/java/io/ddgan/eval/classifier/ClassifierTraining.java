package io.ddgan.eval.classifier;

import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.ProgressListener;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Trains classifiers by gradient descent with momentum and weight decay, which generalises better
 * than Adam on few examples. The loss is the cross-entropy with label smoothing; images are shifted
 * at random. The duration depends on the number of steps, not of examples.
 */
record ClassifierTraining(
    int steps, RandomStreams random, ProgressListener listener, BooleanSupplier stop) {

  private static final int BATCH = 64;

  /** The inverse share of examples that are held out for the test accuracy. */
  static final int PART = 6;

  private static final float LABEL_SMOOTHING = 0.1f;

  /** Images are shifted by at most their size divided by this, 2 pixels of 32. */
  private static final int REACH = 16;

  /**
   * Trains a network and measures its accuracy on held-out examples.
   *
   * @throws CancellationException if the training was stopped
   */
  TrainedClassifier train(OpenDataset examples, Labels labels) throws IOException {
    int[] order = IntStream.range(0, examples.size()).toArray();
    RandomStreams.shuffle(order, random.stream("classifier-split"));
    int held = order.length / PART;
    int[] test = Arrays.copyOf(order, held);
    int[] others = Arrays.copyOfRange(order, held, order.length);
    try (ClassifierNetwork network =
        ClassifierNetwork.untrained(
            examples.shape(),
            labels.classes(),
            steps,
            random.stream("classifier-weights").nextLong())) {
      fit(network, examples, labels, others);
      return new TrainedClassifier(network.parameters(), accuracy(network, examples, labels, test));
    }
  }

  private void fit(ClassifierNetwork network, OpenDataset examples, Labels labels, int[] order)
      throws IOException {
    float[] example = new float[examples.shape().size()];
    int next = order.length;
    for (int step = 0; step < steps; step++) {
      if (stop.getAsBoolean()) {
        throw new CancellationException("the classifier's training was stopped");
      }
      RandomGenerator draws = random.stream("classifier-step", step);
      float[][] batch = new float[BATCH][];
      float[][] targets = new float[BATCH][];
      for (int i = 0; i < BATCH; i++) {
        if (next == order.length) {
          RandomStreams.shuffle(order, draws);
          next = 0;
        }
        int index = order[next++];
        examples.read(index, example, 0);
        batch[i] = moved(example, examples, draws);
        targets[i] = smooth(labels.label(index), labels.classes());
      }
      network.step(batch, targets);
      listener.onProgress("classifier training steps", step + 1, steps);
    }
  }

  /** Returns a shifted copy, filled by repeating the edge, to prevent overfitting. */
  private static float[] moved(float[] image, OpenDataset examples, RandomGenerator draws) {
    int height = examples.shape().height();
    int width = examples.shape().width();
    int down = draws.nextInt(-(height / REACH), height / REACH + 1);
    int right = draws.nextInt(-(width / REACH), width / REACH + 1);
    boolean mirror = examples.isMirrorable() && draws.nextBoolean();
    float[] moved = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      int x = i % width;
      int from = Math.floorMod(i / width, height);
      int row = i / width - from + clamp(from - down, height);
      int column = clamp(x - right, width);
      moved[i] = image[row * width + (mirror ? width - 1 - column : column)];
    }
    return moved;
  }

  private static int clamp(int position, int size) {
    return Math.max(0, Math.min(position, size - 1));
  }

  /** Returns the smoothed one-hot label (Szegedy et al., 2016). */
  private static float[] smooth(int label, int classes) {
    float[] target = new float[classes];
    Arrays.fill(target, LABEL_SMOOTHING / classes);
    target[label] += 1 - LABEL_SMOOTHING;
    return target;
  }

  private static double accuracy(
      ClassifierNetwork network, OpenDataset examples, Labels labels, int[] indices)
      throws IOException {
    int classes = labels.classes();
    int size = examples.shape().size();
    float[] batch = new float[BATCH * size];
    float[] probabilities = new float[BATCH * classes];
    int right = 0;
    for (int first = 0; first < indices.length; first += BATCH) {
      int count = Math.min(BATCH, indices.length - first);
      for (int i = 0; i < count; i++) {
        examples.read(indices[first + i], batch, i * size);
      }
      network.apply(batch, count, new float[BATCH * ClassifierNetwork.SIZE], probabilities);
      for (int i = 0; i < count; i++) {
        int likeliest = i * classes;
        for (int j = i * classes; j < (i + 1) * classes; j++) {
          likeliest = probabilities[j] > probabilities[likeliest] ? j : likeliest;
        }
        right += likeliest - i * classes == labels.label(indices[first + i]) ? 1 : 0;
      }
    }
    return right / (double) indices.length;
  }
}
