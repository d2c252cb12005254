package io.ddgan.eval;

import io.ddgan.api.DataShape;
import io.ddgan.api.Hasher;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.Moments;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.OpenFeatureExtractor;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import io.ddgan.train.sampling.EvaluatedExamples;
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
 * The features of a data set, in a fixed random order. They are cached in a file named by the
 * fingerprints of data set and extractor.
 *
 * @param rows features of the first examples in the order
 * @param moments mean and covariance over all examples, if needed
 * @param classes the rows of each class, if needed
 */
record RealFeatures(DiskVectors rows, Optional<Moments> moments, List<int[]> classes)
    implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(RealFeatures.class.getName());

  /** Part of the file names; changing it invalidates all cached files. */
  private static final int VERSION = 1;

  /** Rows between saves, as large networks take hours for a data set. */
  private static final int KEPT_EVERY = 8192;

  /**
   * Extracts the features that are not cached. The data set may have another shape than generated
   * examples.
   *
   * @param plan determines whether moments and vectors by class are needed
   * @param shape shape of generated examples
   * @param ofGenerated their extractor, if there is one
   * @param withFloor whether real examples will be measured themselves
   * @return empty if the work was stopped before it was done
   */
  static Optional<RealFeatures> extract(
      EvaluationPlan plan,
      String fingerprint,
      DataShape shape,
      Optional<OpenFeatureExtractor> ofGenerated,
      boolean withFloor,
      Evaluator.Context context)
      throws IOException {
    OpenDataset examples = plan.reference().examples().orElseThrow();
    boolean isAlike = examples.shape().equals(shape);
    if (ofGenerated.isPresent() && plan.needs(Need.REAL_MOMENTS)) {
      Moments.requireSize(ofGenerated.get().dimension());
    }
    if (ofGenerated.isPresent() && isAlike) {
      return extract(plan, fingerprint, ofGenerated.get(), false, context);
    }
    try (OpenFeatureExtractor another = plan.open(examples.shape(), context)) {
      if (ofGenerated.isPresent() && ofGenerated.get().dimension() != another.dimension()) {
        throw new RefusedException(
            "%s: a generated example has %d features, but a real one %d; compare with examples of the same size, or choose another extractor with --features"
                .formatted(
                    another.description(), ofGenerated.get().dimension(), another.dimension()));
      }
      // The real baseline needs all rows, which the extractor of generated examples cannot compute.
      return extract(plan, fingerprint, another, withFloor && !isAlike, context);
    }
  }

  private static Optional<RealFeatures> extract(
      EvaluationPlan plan,
      String fingerprint,
      OpenFeatureExtractor features,
      boolean withAll,
      Evaluator.Context context)
      throws IOException {
    boolean withMoments = plan.needs(Need.REAL_MOMENTS);
    boolean byClass = plan.needs(Need.REAL_FEATURES_BY_CLASS);
    int size = plan.reference().examples().orElseThrow().size();
    int count =
        withAll || withMoments || byClass ? size : Math.min(plan.samples(Need.REAL_FEATURES), size);
    String name = new Hasher().add(VERSION).add(fingerprint).add(features.fingerprint()).hex();
    Path kept = context.cache().resolve("features").resolve(name + ".f32");
    DiskVectors rows = new DiskVectors(kept.getParent(), features.dimension());
    Optional<RealFeatures> real = Optional.empty();
    try {
      if (count > 0 && Files.exists(kept) && !rows.load(kept)) {
        LOG.log(Level.WARNING, kept + " is damaged; computing it again");
      }
      EvaluatedExamples shuffled = plan.reference().shuffled(context.readers());
      Map<Need, DiskVectors> columns = Map.of(Need.FEATURES, rows);
      boolean isRunning = true;
      while (isRunning && rows.count() < count) {
        int until = Math.min(count, rows.count() + KEPT_EVERY);
        isRunning =
            DiskVectors.fill(
                columns, shuffled, Optional.of(features), until, count, "real examples", context);
        rows.keep(kept);
      }
      if (isRunning) {
        Optional<Moments> moments =
            withMoments ? Optional.of(Moments.of(rows.vectors())) : Optional.empty();
        List<int[]> classes = byClass ? classes(plan.reference()) : List.of();
        real = Optional.of(new RealFeatures(rows, moments, classes));
      }
      return real;
    } finally {
      if (real.isEmpty()) {
        rows.close();
      }
    }
  }

  /** Returns the rows of each class. */
  private static List<int[]> classes(ReferenceData reference) {
    Labels labels = reference.labels().orElseThrow();
    int[] each = Arrays.stream(reference.order()).map(labels::label).toArray();
    return IntStream.range(0, labels.classes())
        .mapToObj(label -> IntStream.range(0, each.length).filter(i -> each[i] == label).toArray())
        .toList();
  }

  /** Returns the vectors of the first examples in the order. */
  Vectors vectors(int count) {
    return rows.vectors().first(count);
  }

  /** Returns the features of the first examples only; shares the rows, which this closes. */
  RealFeatures first(int count, boolean withMoments) throws IOException {
    Optional<Moments> own =
        withMoments ? Optional.of(Moments.of(vectors(count))) : Optional.empty();
    List<int[]> some =
        classes.stream()
            .map(all -> Arrays.stream(all).filter(row -> row < count).toArray())
            .toList();
    return new RealFeatures(rows, own, some);
  }

  /** Returns vectors from the end of the order; needs the rows of all examples. */
  Vectors last(int count) {
    Vectors all = rows.vectors();
    return all.at(IntStream.range(0, count).map(i -> all.count() - 1 - i).toArray());
  }

  /** Returns the vectors of all examples of a class; needs the rows by class. */
  Vectors vectorsOf(int label) {
    return rows.vectors().at(classes.get(label));
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
