package io.ddgan.eval.classifier;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.Features;
import io.ddgan.api.Fingerprint;
import io.ddgan.api.Labels;
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
 * A small convolutional classifier that is trained on the labelled images at hand, once: what it
 * learnt is kept in the cache, or comes with the framework. Its features are the 128 activations
 * below its last layer. One sixth of the images is held out and tells how good it is.
 *
 * <p>Where examples are stacked from several, as in Stacked MNIST (Metz et al., 2017), it learns
 * from the single ones and is applied to each.
 */
public record Classifier(
    @Key(value = "steps of the training, of 64 images each", min = 1) int steps,
    @Key(value = "least test accuracy that is accepted, from 0 to 1", min = 0, max = 1)
        double minAccuracy,
    @Key("seed of the training, apart from the run's seed") long seed)
    implements FeatureExtractor {

  private static final String ELSE =
      "; take other features, for example evaluation.features.type=inception";

  @Override
  public OptionalInt check(DataShape shape, Optional<Examples> real) {
    return OptionalInt.of(task(shape, real).classes());
  }

  @Override
  public Features open(DataShape shape, Optional<Examples> real, Path cache) throws IOException {
    return open(shape, real, cache, (what, done, total) -> {}, () -> false);
  }

  @Override
  public Features open(
      DataShape shape,
      Optional<Examples> real,
      Path cache,
      ProgressListener listener,
      BooleanSupplier stop)
      throws IOException {
    Task task = task(shape, real);
    TrainedClassifier trained = trained(task.single(), task.labels(), cache, listener, stop);
    if (trained.accuracy() < minAccuracy) {
      throw refusal(
          ("the classifier that was trained on this data has only %s test accuracy, but"
                  + " evaluation.features.min-accuracy asks for %.1f %%; lower that, or train it longer by"
                  + " evaluation.features.steps, now %d")
              .formatted(trained.percentage(), 100 * minAccuracy, steps));
    }
    return trained.features(task.single().shape(), task.labels().classes(), task.parts());
  }

  /**
   * What is to be learnt.
   *
   * @param single the examples to learn from, a part each where examples are stacked
   * @param parts of how many of these an example consists
   * @param classes number of classes of whole examples
   */
  private record Task(Examples single, Labels labels, int parts, int classes) {}

  private static Task task(DataShape shape, Optional<Examples> real) {
    Examples all =
        real.orElseThrow(
            () -> refusal("a classifier learns from a data set, not from its statistics"));
    Labels classes = labels(all);
    Examples single = all.stacked().orElse(all);
    Labels labels = labels(single);
    if (!single.shape().isImage()) {
      throw refusal("a classifier needs images, not examples of the shape " + single.shape());
    }
    if (!shape.equals(all.shape())) {
      throw refusal(
          "a classifier that learns from images of the shape %s cannot judge those of the shape %s"
              .formatted(all.shape(), shape));
    }
    if (labels.classes() < 2 || single.size() < ClassifierTraining.PART) {
      throw refusal(
          "a classifier needs at least 2 classes and %d images, not %d and %d"
              .formatted(ClassifierTraining.PART, labels.classes(), single.size()));
    }
    return new Task(single, labels, shape.size() / single.shape().size(), classes.classes());
  }

  private TrainedClassifier trained(
      Examples examples, Labels labels, Path cache, ProgressListener listener, BooleanSupplier stop)
      throws IOException {
    String key =
        new Fingerprint()
            .add("classifier")
            .add(ClassifierNetwork.VERSION)
            .add(steps)
            .add(seed)
            .add(examples.fingerprint())
            .add(examples.mirrored() ? 1 : 0)
            .hex();
    Path folder = cache.resolve("classifiers");
    Files.createDirectories(folder);
    Path lockFile = folder.resolve(key + ".lock");
    if (LockFile.isHeld(lockFile)) {
      listener.onMessage("waiting for another process that trains the same classifier");
    }
    // One process at a time trains what the others then need not.
    LockFile lock = LockFile.await(lockFile, stop);
    try (lock) {
      Path file = folder.resolve(key + ".safetensors");
      Optional<TrainedClassifier> known = TrainedClassifier.read(file);
      if (known.isPresent()) {
        return known.get();
      }
      listener.onMessage(
          "training a classifier on %,d images, which takes minutes but is done only once; it is kept in %s"
              .formatted(examples.size(), folder));
      TrainedClassifier trained =
          new ClassifierTraining(steps, new RandomStreams(seed), listener, stop)
              .train(examples, labels);
      trained.write(file);
      return trained;
    }
  }

  private static Labels labels(Examples examples) {
    return examples
        .labels()
        .orElseThrow(
            () ->
                refusal(
                    "a classifier needs images whose classes are known, such as fashion-mnist"));
  }

  private static IllegalArgumentException refusal(String why) {
    return new RefusedException(why + ELSE);
  }
}
