package io.ddgan.eval.classifier;

import io.ddgan.api.DataShape;
import io.ddgan.api.Features;
import io.ddgan.api.Fingerprint;

/**
 * A trained classifier's features. Examples that are stacked from several are taken apart: their
 * features lie one after the other, and their class is a number whose digits, to the base of the
 * number of classes, are the classes of the parts.
 */
final class TrainedFeatures implements Features {

  private static final int BATCH = 252; // whole examples also if they have two or three parts

  private final ClassifierNetwork network;
  private final Trained trained;
  private final DataShape shape;
  private final int single;
  private final int parts;

  /**
   * Features of a classifier.
   *
   * @param trained the parameters of a network
   * @param shape shape of what the network classifies
   * @param classes number of classes that the network tells apart
   * @param parts of how many of these an example consists
   */
  TrainedFeatures(Trained trained, DataShape shape, int classes, int parts) {
    this.network = ClassifierNetwork.trained(shape, classes, trained.parameters());
    this.trained = trained;
    this.shape = shape;
    this.single = classes;
    this.parts = parts;
  }

  @Override
  public String description() {
    String text =
        "classifier of %d classes with %s test accuracy".formatted(single, trained.percentage());
    return parts == 1 ? text : text + " for each of %d channels".formatted(parts);
  }

  @Override
  public String fingerprint() {
    return new Fingerprint()
        .add("classifier")
        .add(ClassifierNetwork.VERSION)
        .add(shape.toString())
        .add(single)
        .add(parts)
        .add(trained.parameters().toArray())
        .hex();
  }

  @Override
  public int size() {
    return parts * ClassifierNetwork.SIZE;
  }

  @Override
  public int classes() {
    int classes = 1;
    for (int i = 0; i < parts; i++) {
      classes = Math.multiplyExact(classes, single);
    }
    return classes;
  }

  @Override
  public int batch() {
    return Math.max(1, BATCH / parts);
  }

  @Override
  public void extract(float[] examples, int count, float[] features, float[] probabilities) {
    float[] each = new float[count * parts * single];
    network.apply(examples, count * parts, features, each);
    for (int i = 0; i < count; i++) {
      outer(each, i * parts * single, probabilities, i * classes());
    }
  }

  /** The probabilities of all combinations of the parts' classes. */
  private void outer(float[] each, int from, float[] all, int to) {
    all[to] = 1;
    int combinations = 1;
    for (int part = 0; part < parts; part++) {
      for (int i = combinations - 1; i >= 0; i--) { // backwards, so that none is overwritten unread
        for (int j = single - 1; j >= 0; j--) {
          all[to + i * single + j] = all[to + i] * each[from + part * single + j];
        }
      }
      combinations *= single;
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
