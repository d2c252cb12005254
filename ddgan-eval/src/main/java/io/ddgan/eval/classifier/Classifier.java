package io.ddgan.eval.classifier;

import io.ddgan.api.DataShape;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.Hasher;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.OpenFeatureExtractor;
import io.ddgan.api.ProgressListener;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import io.ddgan.internal.file.LockFile;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * A small convolutional classifier, trained once on the labelled images of the data set. The result
 * is cached; some ship with the framework. Its features are the 128 activations below its last
 * layer. One sixth of the images is held out to measure its test accuracy.
 *
 * <p>For stacked examples, as in Stacked MNIST (Metz et al., 2017), it is trained on the single
 * images and applied to each.
 */
public record Classifier(
    @Key(value = "training steps, of 64 images each", min = 1) int steps,
    @Key(value = "minimum test accuracy, from 0 to 1", min = 0, max = 1) double minAccuracy,
    @Key("seed of the classifier's training, independent of the run's") long seed)
    implements FeatureExtractor {

  private static final String ELSE =
      ", or use other features, such as evaluation.features.type=inception";

  @Override
  public OptionalInt check(DataShape shape, Optional<OpenDataset> real) {
    return OptionalInt.of(task(shape, real).classes());
  }

  @Override
  public OpenFeatureExtractor open(DataShape shape, Optional<OpenDataset> real, Path cache)
      throws IOException {
    return open(shape, real, cache, (what, done, total) -> {}, () -> false);
  }

  @Override
  public OpenFeatureExtractor open(
      DataShape shape,
      Optional<OpenDataset> real,
      Path cache,
      ProgressListener listener,
      BooleanSupplier stop)
      throws IOException {
    Task task = task(shape, real);
    TrainedClassifier trained = trained(task.single(), task.labels(), cache, listener, stop);
    if (trained.accuracy() < minAccuracy) {
      throw refusal(
          ("the classifier trained on this data has %s test accuracy, below"
                  + " evaluation.features.min-accuracy (%.1f %%); lower that, raise"
                  + " evaluation.features.steps (now %d)")
              .formatted(trained.percentage(), 100 * minAccuracy, steps));
    }
    return trained.features(task.single().shape(), task.labels().classes(), task.parts());
  }

  /**
   * A classification task.
   *
   * @param single the examples to train on, the single images of stacked examples
   * @param parts number of single images in an example
   * @param classes number of classes of whole examples
   */
  private record Task(OpenDataset single, Labels labels, int parts, int classes) {}

  private static Task task(DataShape shape, Optional<OpenDataset> real) {
    OpenDataset all =
        real.orElseThrow(
            () -> refusal("a classifier cannot be trained on statistics; compare with a data set"));
    Labels classes = labels(all);
    OpenDataset single = all.stackSource().orElse(all);
    Labels labels = labels(single);
    if (!single.shape().isImage()) {
      throw refusal(
          "a classifier needs images, not shape %s; choose such data".formatted(single.shape()));
    }
    if (!shape.equals(all.shape())) {
      throw refusal(
          "a classifier of images of shape %s cannot classify shape %s; compare images of one shape"
              .formatted(all.shape(), shape));
    }
    if (labels.classes() < 2 || single.size() < ClassifierTraining.PART) {
      throw refusal(
          "a classifier needs at least 2 classes and %d images; got %d and %d; add data"
              .formatted(ClassifierTraining.PART, labels.classes(), single.size()));
    }
    return new Task(single, labels, shape.size() / single.shape().size(), classes.classes());
  }

  private TrainedClassifier trained(
      OpenDataset examples,
      Labels labels,
      Path cache,
      ProgressListener listener,
      BooleanSupplier stop)
      throws IOException {
    String key =
        new Hasher()
            .add("classifier")
            .add(ClassifierNetwork.VERSION)
            .add(steps)
            .add(seed)
            .add(examples.fingerprint())
            .add(examples.isMirrorable() ? 1 : 0)
            .hex();
    Path folder = cache.resolve("classifiers");
    Files.createDirectories(folder);
    Path lockFile = folder.resolve(key + ".lock");
    if (LockFile.isHeld(lockFile)) {
      listener.onMessage("waiting for another process to train the same classifier");
    }
    // The lock makes one process train and the others wait for its result.
    LockFile lock = LockFile.await(lockFile, stop);
    try (lock) {
      Path file = folder.resolve(key + ".safetensors");
      Optional<TrainedClassifier> known = TrainedClassifier.read(file);
      if (known.isPresent()) {
        return known.get();
      }
      listener.onMessage(
          "training a classifier on %,d images; this takes minutes, once, and is cached in %s"
              .formatted(examples.size(), folder));
      TrainedClassifier trained =
          new ClassifierTraining(steps, new RandomStreams(seed), listener, stop)
              .train(examples, labels);
      trained.write(file);
      return trained;
    }
  }

  private static Labels labels(OpenDataset examples) {
    return examples
        .labels()
        .orElseThrow(
            () -> refusal("a classifier needs labelled images; choose data such as fashion-mnist"));
  }

  private static IllegalArgumentException refusal(String why) {
    return new RefusedException(why + ELSE);
  }
}
