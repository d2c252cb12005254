package io.ddgan.train.evaluation;

import io.ddgan.api.Features;
import io.ddgan.api.Fingerprint;
import io.ddgan.api.Metric.Need;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.train.data.Pixels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Turns examples into rows of a store, some at a time: here, or in another process, from which they
 * are gathered. Both must make the same rows of an example, which a fingerprint beside the rows
 * tells.
 */
public final class Extraction {

  /**
   * Belongs to the names of what is kept; another number makes all that was kept before useless.
   */
  static final int VERSION = 1;

  private static final int AT_LEAST = 64;
  private static final String GENERATED = "generated examples";
  private static final String FINGERPRINT = "fingerprint";
  private static final String COMPLETE = "complete";

  private final Generated examples;
  private final Optional<Features> features;
  private final EvaluationContext context;

  /**
   * Nothing is extracted yet.
   *
   * @param features needed for the columns of features and probabilities
   */
  Extraction(Generated examples, Optional<Features> features, EvaluationContext context) {
    this.examples = examples;
    this.features = features;
    this.context = context;
  }

  /**
   * Extracts the rows of some generated examples and measures nothing, for an evaluation in another
   * process, which {@link RowSource} has ask for it.
   *
   * @param settings those of the evaluation
   * @param reference what it compares generated examples with
   * @param folder where the rows are kept; those that an earlier process has left there are used,
   *     whatever the context says
   * @return whether all were extracted, or the work was to be stopped before
   * @throws IllegalArgumentException as {@link Evaluator#prepare} does
   * @throws IOException as {@link Evaluator#prepare} does
   */
  public static boolean extract(
      EvaluationSettings settings,
      Reference reference,
      Generated generated,
      ExampleRange range,
      Path folder,
      EvaluationContext context)
      throws IOException {
    EvaluationPlan plan = EvaluationPlan.of(settings, reference, generated);
    Optional<Features> features = plan.openNeeded(generated.shape(), reference, context);
    try {
      return new Extraction(generated, features, context)
          .extract(range, plan.columns(generated, features), folder);
    } finally {
      features.ifPresent(Features::close);
    }
  }

  /** Extracts rows into a folder, or goes on with that. */
  private boolean extract(ExampleRange range, Map<Need, Integer> columns, Path folder)
      throws IOException {
    boolean goOn = isOf(folder);
    Files.deleteIfExists(folder.resolve(COMPLETE));
    try (RowStore store = RowStore.open(folder, columns, goOn)) {
      AtomicFile.write(folder.resolve(FINGERPRINT), fingerprint());
      boolean isFull = fill(store, range.first(), range.count(), GENERATED);
      store.commit();
      if (isFull) {
        AtomicFile.write(folder.resolve(COMPLETE), out -> {});
      }
      return isFull;
    }
  }

  /** Whether all rows were extracted into a folder that were asked for. */
  public static boolean isComplete(Path folder) {
    return Files.exists(folder.resolve(COMPLETE));
  }

  /** Identifies the rows of all columns that could be made. */
  String fingerprint() throws IOException {
    Fingerprint fingerprint = new Fingerprint().add(VERSION).add(examples.fingerprint());
    features.ifPresent(function -> fingerprint.add(function.fingerprint()));
    return fingerprint.hex();
  }

  private boolean isOf(Path folder) throws IOException {
    Path file = folder.resolve(FINGERPRINT);
    return Files.exists(file)
        && fingerprint().equals(Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  /**
   * Adds rows that are extracted elsewhere to a store until it has enough.
   *
   * @param folder for files on the way
   * @return whether it has, or the work was to be stopped before
   */
  boolean gather(RowStore store, int total, RowSource elsewhere, Path folder) throws IOException {
    if (store.rows() >= total) {
      return true;
    }
    context.listener().advanced(GENERATED, store.rows(), total);
    return elsewhere.extract(
        new ExampleRange(store.rows(), total - store.rows()),
        step(),
        folder,
        (range, rows) -> {
          keep(store, range, rows);
          context.listener().advanced(GENERATED, store.rows(), total);
        });
  }

  private void keep(RowStore store, ExampleRange range, Path rows) throws IOException {
    if (!isOf(rows)) {
      throw new IOException(
          "%s has no rows of the same examples and features as here; are ddgan, its plug-ins, the executor and, with --cache, the trained classifier the same there?"
              .formatted(rows));
    }
    if (range.first() != store.rows()) {
      throw new IllegalStateException(
          "rows of example %d come after %d rows".formatted(range.first(), store.rows()));
    }
    store.append(range.count(), rows);
    store.commit();
  }

  /** Examples that are extracted at a time: as many as are made at a time, or some times that. */
  private int step() {
    return (AT_LEAST + examples.batch() - 1) / examples.batch() * examples.batch();
  }

  /**
   * Adds rows of generated examples until a store has enough.
   *
   * @return whether it has, or the work was to be stopped before
   */
  boolean fill(RowStore store, int total) throws IOException {
    return fill(store, 0, total, GENERATED);
  }

  /**
   * Adds rows until a store has enough.
   *
   * @param first number of the example that is the first row
   * @param what what the listener is told that they are
   * @return whether it has, or the work was to be stopped before
   */
  boolean fill(RowStore store, int first, int total, String what) throws IOException {
    int size = examples.shape().size();
    int step = step();
    float[] values = array(step, size);
    Map<Need, float[]> rows = new EnumMap<>(Need.class);
    rows.put(Need.VALUES, values);
    rows.put(Need.FEATURES, array(step, features.map(Features::size).orElse(0)));
    rows.put(Need.PROBABILITIES, array(step, features.map(Features::classes).orElse(0)));
    while (store.rows() < total) {
      if (context.stop().getAsBoolean()) {
        return false;
      }
      int now = Math.min(step, total - store.rows());
      int before = store.rows();
      context.listener().advanced(what, before, total);
      examples.read(
          first + before,
          now,
          values,
          share -> context.listener().advanced(what, before + (int) (share * now), total));
      if (examples.shape().isImage()) {
        Pixels.round(values, now * size);
      }
      extract(now, rows);
      store.append(now, rows);
      context.listener().advanced(what, store.rows(), total);
    }
    return true;
  }

  private static float[] array(int count, int each) {
    if ((long) count * each > Integer.MAX_VALUE) {
      throw new RefusedException(
          "%,d examples at once, of %,d numbers each, do not fit into an array; use a smaller batch"
              .formatted(count, each));
    }
    return new float[count * each];
  }

  private void extract(int count, Map<Need, float[]> rows) {
    features.ifPresent(
        function -> {
          int size = examples.shape().size();
          float[] values = rows.get(Need.VALUES);
          int width = function.size();
          int classes = function.classes();
          float[] in = array(function.batch(), size);
          float[] vectors = array(function.batch(), width);
          float[] probabilities = array(function.batch(), classes);
          for (int first = 0; first < count; first += function.batch()) {
            int now = Math.min(function.batch(), count - first);
            System.arraycopy(values, first * size, in, 0, now * size);
            function.extract(in, now, vectors, probabilities);
            System.arraycopy(vectors, 0, rows.get(Need.FEATURES), first * width, now * width);
            System.arraycopy(
                probabilities, 0, rows.get(Need.PROBABILITIES), first * classes, now * classes);
          }
        });
  }
}
