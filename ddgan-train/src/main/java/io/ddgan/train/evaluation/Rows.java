package io.ddgan.train.evaluation;

import io.ddgan.api.Features;
import io.ddgan.api.Fingerprint;
import io.ddgan.api.WorkListener;
import io.ddgan.file.AtomicFile;
import io.ddgan.train.evaluation.RowStore.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of generated examples, extracted in one process and gathered in another. Both must make
 * the same rows of an example, which a fingerprint beside the rows tells.
 */
public final class Rows {

  static final String GENERATED = "generated examples";
  private static final String FINGERPRINT = "fingerprint";
  private static final String COMPLETE = "complete";

  private final Generated examples;
  private final Optional<Features> features;
  private final Map<Column, Integer> columns;

  /**
   * Rows of some columns.
   *
   * @param features needed for the columns of features and probabilities
   * @param columns what is kept, with the numbers in a row of each
   */
  Rows(Generated examples, Optional<Features> features, Map<Column, Integer> columns) {
    this.examples = examples;
    this.features = features;
    this.columns = columns;
  }

  /**
   * Extracts the rows of some generated examples and measures nothing, for an evaluation in another
   * process, which {@link RowSource} has ask for it.
   *
   * @param settings those of the evaluation
   * @param reference what it compares generated examples with
   * @param folder where the rows are kept; those that an earlier process has left there are used
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
    Optional<Features> features =
        Evaluator.openNeeded(plan, settings, generated.shape(), reference, context);
    try {
      return new Rows(generated, features, plan.columns(generated, features))
          .extract(range, folder, context);
    } finally {
      features.ifPresent(Features::close);
    }
  }

  /** Identifies the rows of all columns that could be made. */
  static String fingerprint(Generated examples, Optional<Features> features) throws IOException {
    Fingerprint fingerprint = new Fingerprint().add(Extraction.VERSION).add(examples.fingerprint());
    features.ifPresent(function -> fingerprint.add(function.fingerprint()));
    return fingerprint.hex();
  }

  private String fingerprint() throws IOException {
    return fingerprint(examples, features);
  }

  /**
   * Extracts rows into a folder, or goes on with that.
   *
   * @return whether all were extracted, or the work was to be stopped before
   */
  private boolean extract(ExampleRange range, Path folder, EvaluationContext context)
      throws IOException {
    boolean goOn = isOf(folder);
    Files.deleteIfExists(folder.resolve(COMPLETE));
    try (RowStore store = RowStore.open(folder, columns, goOn)) {
      AtomicFile.write(folder.resolve(FINGERPRINT), fingerprint());
      boolean isFull =
          new Extraction(examples, range.first(), features, context)
              .fill(store, range.count(), GENERATED);
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
  boolean gather(RowStore store, int total, RowSource elsewhere, Path folder, WorkListener listener)
      throws IOException {
    if (store.rows() >= total) {
      return true;
    }
    listener.advanced(GENERATED, store.rows(), total);
    return elsewhere.extract(
        new ExampleRange(store.rows(), total - store.rows()),
        Extraction.step(examples),
        folder,
        (range, rows) -> {
          keep(store, range, rows);
          listener.advanced(GENERATED, store.rows(), total);
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
    try (RowStore part = RowStore.open(rows, columns, true)) {
      store.append(range.count(), part);
    }
    store.commit();
  }
}
