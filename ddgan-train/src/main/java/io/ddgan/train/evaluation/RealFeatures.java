package io.ddgan.train.evaluation;

import io.ddgan.api.Examples;
import io.ddgan.api.Features;
import io.ddgan.api.Fingerprint;
import io.ddgan.api.Moments;
import io.ddgan.api.Vectors;
import io.ddgan.train.evaluation.RowStore.Column;
import io.ddgan.weights.MomentsFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The features of a data set, in an order that is drawn once and for all, and their moments. Both
 * are kept under the cache folder by the fingerprints of data set and extractor, and extracted only
 * as far as they are not there.
 */
final class RealFeatures implements AutoCloseable {

  private final RowStore store;
  private final Optional<Moments> moments;

  private RealFeatures(RowStore store, Optional<Moments> moments) {
    this.store = store;
    this.moments = moments;
  }

  /**
   * Extracts what is missing.
   *
   * @param examples the data set
   * @param fingerprint identifies it
   * @param vectors how many vectors will be wanted
   * @param withMoments whether the moments will be wanted too
   * @return nothing if the work was to be stopped before it was done
   */
  static Optional<RealFeatures> extract(
      Examples examples,
      String fingerprint,
      Features features,
      int vectors,
      boolean withMoments,
      EvaluationContext context)
      throws IOException {
    String name =
        new Fingerprint()
            .add(Extraction.VERSION)
            .add(fingerprint)
            .add(features.fingerprint())
            .hex();
    Path file = context.cache().resolve("statistics").resolve(name + ".npz");
    Optional<Moments> known = withMoments ? known(file) : Optional.empty();
    boolean all = withMoments && known.isEmpty();
    RowStore store =
        RowStore.open(
            context.cache().resolve("features").resolve(name),
            Map.of(Column.FEATURES, features.size()),
            true);
    try {
      int wanted = all ? examples.size() : Math.min(vectors, examples.size());
      if (!fill(store, examples, features, wanted, context)) {
        store.finish();
        store.close();
        return Optional.empty();
      }
      if (all) {
        known = Optional.of(Moments.of(store.vectors(Column.FEATURES)));
        MomentsFile.write(file, known.get());
      }
      store.finish();
      return Optional.of(new RealFeatures(store, known));
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
          .log(Level.WARNING, e.getMessage() + "; it is made anew");
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
        .fill(store, count, "real examples");
  }

  /** The vectors of the first examples in the order. */
  Vectors vectors(int count) {
    return store.vectors(Column.FEATURES).first(count);
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
