package io.ddgan.train.evaluation;

import io.ddgan.api.Examples;
import io.ddgan.api.Features;
import io.ddgan.api.Fingerprint;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.Moments;
import io.ddgan.api.Vectors;
import io.ddgan.internal.weights.MomentsFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The features of a data set, in an order that is drawn once and for all, and their moments. Both
 * are kept under the cache folder by the fingerprints of data set and extractor, and extracted only
 * as far as they are not there.
 */
final class RealFeatures implements AutoCloseable {

  private final RowStore store;
  private final Optional<Moments> moments;
  private final List<int[]> classes;

  private RealFeatures(RowStore store, Optional<Moments> moments, List<int[]> classes) {
    this.store = store;
    this.moments = moments;
    this.classes = classes;
  }

  /**
   * Extracts what is missing.
   *
   * @param examples the data set
   * @param fingerprint identifies it
   * @param plan says whether the moments will be asked for, and vectors class by class
   * @param vectors how many vectors will be asked for at least
   * @return nothing if the work was to be stopped before it was done
   */
  static Optional<RealFeatures> extract(
      Examples examples,
      String fingerprint,
      Features features,
      EvaluationPlan plan,
      int vectors,
      EvaluationContext context)
      throws IOException {
    String name =
        new Fingerprint()
            .add(Extraction.VERSION)
            .add(fingerprint)
            .add(features.fingerprint())
            .hex();
    Path file = context.cache().resolve("statistics").resolve(name + ".npz");
    boolean withMoments = plan.needs(Need.REAL_MOMENTS);
    boolean byClass = plan.needs(Need.REAL_FEATURES_BY_CLASS);
    Optional<Moments> known = withMoments ? known(file) : Optional.empty();
    boolean areNew = withMoments && known.isEmpty();
    RowStore store =
        RowStore.open(
            context.cache().resolve("features").resolve(name),
            Map.of(Need.FEATURES, features.size()),
            true);
    try {
      boolean all = areNew || byClass;
      int rows = all ? examples.size() : Math.min(vectors, examples.size());
      if (!fill(store, examples, features, rows, context)) {
        store.finish();
        store.close();
        return Optional.empty();
      }
      if (areNew) {
        known = Optional.of(Moments.of(store.vectors(Need.FEATURES)));
        MomentsFile.write(file, known.get());
      }
      store.finish();
      return Optional.of(new RealFeatures(store, known, byClass ? classes(examples) : List.of()));
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static Optional<Moments> known(Path file) {
    try {
      return Files.exists(file) ? Optional.of(MomentsFile.read(file)) : Optional.empty();
    } catch (IOException e) {
      System.getLogger(RealFeatures.class.getName())
          .log(Level.WARNING, e.getMessage() + "; it is made again");
      return Optional.empty();
    }
  }

  private static boolean fill(
      RowStore store, Examples examples, Features features, int count, EvaluationContext context)
      throws IOException {
    if (store.rows() >= count) {
      return true;
    }
    GivenExamples shuffled = GivenExamples.shuffled(examples, context.readers());
    return new Extraction(shuffled, Optional.of(features), context)
        .fill(store, 0, count, "real examples");
  }

  /** The rows of each class. */
  private static List<int[]> classes(Examples examples) {
    Labels labels = examples.labels().orElseThrow();
    int[] each = Arrays.stream(GivenExamples.order(examples.size())).map(labels::label).toArray();
    return IntStream.range(0, labels.classes())
        .mapToObj(label -> IntStream.range(0, each.length).filter(i -> each[i] == label).toArray())
        .toList();
  }

  /** The vectors of the first examples in the order. */
  Vectors vectors(int count) {
    return store.vectors(Need.FEATURES).first(count);
  }

  /** How many examples' vectors are there, from the first in the order. */
  int count() {
    return store.rows();
  }

  /** Those of the first examples in the order alone. It is closed with the whole. */
  RealFeatures first(int count, boolean withMoments) throws IOException {
    Optional<Moments> own =
        withMoments ? Optional.of(Moments.of(vectors(count))) : Optional.empty();
    List<int[]> rows =
        classes.stream()
            .map(all -> Arrays.stream(all).filter(row -> row < count).toArray())
            .toList();
    return new RealFeatures(store, own, rows);
  }

  /** As many vectors from the end of the order, if those of all are there. */
  Vectors last(int count) {
    Vectors all = store.vectors(Need.FEATURES);
    return all.at(IntStream.range(0, count).map(i -> all.count() - 1 - i).toArray());
  }

  /** The vectors of all examples of a class, if they were wanted class by class. */
  Vectors vectorsOf(int label) {
    return store.vectors(Need.FEATURES).at(classes.get(label));
  }

  /** The moments of all, if they were wanted. */
  Optional<Moments> moments() {
    return moments;
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
