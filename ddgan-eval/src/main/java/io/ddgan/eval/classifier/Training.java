package io.ddgan.eval.classifier;

import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import io.ddgan.api.WorkListener;
import io.ddgan.eval.classifier.ClassifierFiles.State;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Trains networks: gradient descent with momentum and weight decay, which on few examples
 * classifies unseen ones better than Adam, on the cross-entropy of examples that are moved a little
 * and whose classes are a little uncertain. The number of steps, not the number of examples,
 * decides how long it takes.
 *
 * @param iterations number of steps
 * @param random all draws
 * @param listener hears of the steps
 * @param stop asked before every step; true ends the training
 */
record Training(int iterations, RandomStreams random, WorkListener listener, BooleanSupplier stop) {

  private static final System.Logger LOG = System.getLogger(Training.class.getName());
  private static final int BATCH = 64;

  /** One in so many examples is held out, to test what is trained on the others. */
  static final int PART = 6;

  private static final float DOUBT = 0.1f;

  /** Some seconds; who kills the process loses no more. */
  private static final int SAVE_EVERY = 20;

  /**
   * Trains a network and tests it on examples that it has not seen. A training that was ended goes
   * on from its checkpoint, and gives the same bits.
   *
   * @param files where it is kept while it is not finished
   * @throws IOException if an example cannot be read, or a file not be written
   * @throws CancellationException if the training was ended
   */
  Trained train(Examples examples, Labels labels, ClassifierFiles files) throws IOException {
    int[] order = IntStream.range(0, examples.size()).toArray();
    RandomStreams.shuffle(order, random.stream("classifier-split"));
    int held = order.length / PART;
    int[] test = Arrays.copyOf(order, held);
    int[] others = Arrays.copyOfRange(order, held, order.length);
    try (ClassifierNetwork network =
        ClassifierNetwork.untrained(
            examples.shape(),
            labels.classes(),
            iterations,
            random.stream("classifier-weights").nextLong())) {
      fit(network, examples, labels, others, files);
      Trained trained =
          new Trained(network.parameters(), accuracy(network, examples, labels, test));
      LOG.log(Level.INFO, "The classifier has " + trained.percentage() + " test accuracy");
      return trained;
    }
  }

  private void fit(
      ClassifierNetwork network,
      Examples examples,
      Labels labels,
      int[] order,
      ClassifierFiles files)
      throws IOException {
    Optional<State> saved = files.readUnfinished();
    saved.ifPresent(
        state -> {
          listener.announced("it goes on after step %,d".formatted(state.steps()));
          network.restore(state.parameters(), state.momentum(), state.steps());
        });
    int first = saved.map(State::steps).orElse(0);
    RandomShift augmentation = new RandomShift(examples.shape(), examples.mirrored());
    float[] example = new float[examples.shape().size()];
    int next = order.length;
    for (int step = 0; step < iterations; step++) {
      boolean isNew = step >= first; // the others are drawn again, for the order of the examples
      if (isNew && stop.getAsBoolean()) {
        save(network, step, files);
        throw new CancellationException("the training of the classifier was ended");
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
        if (isNew) {
          examples.read(index, example, 0);
        }
        batch[i] = augmentation.apply(example, draws);
        targets[i] = smooth(labels.label(index), labels.classes());
      }
      if (isNew) {
        network.step(batch, targets);
        int done = step + 1;
        if (done % SAVE_EVERY == 0 && done < iterations) {
          save(network, done, files);
        }
        listener.advanced("steps of the classifier", done, iterations);
      }
    }
  }

  private static void save(ClassifierNetwork network, int steps, ClassifierFiles files)
      throws IOException {
    files.write(new State(steps, network.parameters(), network.momentum()));
  }

  /** A class with some doubt (Szegedy et al., 2016). */
  private static float[] smooth(int label, int classes) {
    float[] target = new float[classes];
    Arrays.fill(target, DOUBT / classes);
    target[label] += 1 - DOUBT;
    return target;
  }

  private static double accuracy(
      ClassifierNetwork network, Examples examples, Labels labels, int[] indices)
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
        right +=
            likeliest(probabilities, i * classes, classes) == labels.label(indices[first + i])
                ? 1
                : 0;
      }
    }
    return right / (double) indices.length;
  }

  private static int likeliest(float[] probabilities, int offset, int classes) {
    int likeliest = 0;
    for (int i = 1; i < classes; i++) {
      if (probabilities[offset + i] > probabilities[offset + likeliest]) {
        likeliest = i;
      }
    }
    return likeliest;
  }
}
