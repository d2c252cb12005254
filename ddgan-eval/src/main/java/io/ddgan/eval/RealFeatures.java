package io.ddgan.eval;

import io.ddgan.api.Examples;
import io.ddgan.api.Features;
import io.ddgan.api.Fingerprint;
import io.ddgan.api.Labels;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.Moments;
import io.ddgan.api.Vectors;
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
 * The features of a data set, in an order that is drawn once and for all. They are kept in the
 * cache folder, in a file named by the fingerprints of data set and extractor.
 *
 * @param rows features of the first examples in the order
 * @param moments those of all examples, if they were wanted
 * @param classes the rows of each class, if they were wanted
 */
record RealFeatures(Rows rows, Optional<Moments> moments, List<int[]> classes)
    implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(RealFeatures.class.getName());

  /** Belongs to the names of the files; another number makes all that was kept before useless. */
  private static final int VERSION = 1;

  /** Large networks take hours for a data set, of which who is interrupted does not lose all. */
  private static final int KEPT_EVERY = 8192;

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
    String name = new Fingerprint().add(VERSION).add(fingerprint).add(features.fingerprint()).hex();
    Path folder = context.cache().resolve("features");
    boolean withMoments = plan.needs(Need.REAL_MOMENTS);
    boolean byClass = plan.needs(Need.REAL_FEATURES_BY_CLASS);
    int count = withMoments || byClass ? examples.size() : Math.min(vectors, examples.size());
    Rows rows = new Rows(folder, features.size());
    boolean isDone = false;
    try {
      if (!fill(rows, folder.resolve(name + ".f32"), count, examples, features, context)) {
        return Optional.empty();
      }
      Optional<Moments> moments =
          withMoments ? Optional.of(Moments.of(rows.vectors())) : Optional.empty();
      List<int[]> classes = byClass ? classes(examples) : List.of();
      isDone = true;
      return Optional.of(new RealFeatures(rows, moments, classes));
    } finally {
      if (!isDone) {
        rows.close();
      }
    }
  }

  private static boolean fill(
      Rows rows,
      Path kept,
      int count,
      Examples examples,
      Features features,
      EvaluationContext context)
      throws IOException {
    if (count > 0 && Files.exists(kept) && !rows.load(kept)) {
      LOG.log(Level.WARNING, kept + " is damaged; it is made again");
    }
    GivenExamples shuffled = GivenExamples.shuffled(examples, context.readers());
    Extraction extraction = new Extraction(shuffled, Optional.of(features), context);
    boolean isGoing = true;
    while (isGoing && rows.count() < count) {
      int until = Math.min(count, rows.count() + KEPT_EVERY);
      isGoing = extraction.fill(Map.of(Need.FEATURES, rows), until, count, "real examples");
      rows.keep(kept);
    }
    return isGoing;
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
    return rows.vectors().first(count);
  }

  /** Those of the first examples in the order alone. It is closed with the whole. */
  RealFeatures first(int count, boolean withMoments) throws IOException {
    Optional<Moments> own =
        withMoments ? Optional.of(Moments.of(vectors(count))) : Optional.empty();
    List<int[]> some =
        classes.stream()
            .map(all -> Arrays.stream(all).filter(row -> row < count).toArray())
            .toList();
    return new RealFeatures(rows, own, some);
  }

  /** As many vectors from the end of the order, if those of all are there. */
  Vectors last(int count) {
    Vectors all = rows.vectors();
    return all.at(IntStream.range(0, count).map(i -> all.count() - 1 - i).toArray());
  }

  /** The vectors of all examples of a class, if they were wanted class by class. */
  Vectors vectorsOf(int label) {
    return rows.vectors().at(classes.get(label));
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
