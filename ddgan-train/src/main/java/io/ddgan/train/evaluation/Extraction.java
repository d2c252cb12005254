package io.ddgan.train.evaluation;

import io.ddgan.api.Features;
import io.ddgan.api.RefusedException;
import io.ddgan.train.data.Pixels;
import io.ddgan.train.evaluation.RowStore.Column;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Turns examples into rows of a store, some at a time. */
final class Extraction {

  /**
   * Belongs to the names of what is kept; another number makes all that was kept before useless.
   */
  static final int VERSION = 1;

  private static final int AT_LEAST = 64;

  private final Generated examples;
  private final int first;
  private final Optional<Features> features;
  private final EvaluationContext context;

  /**
   * Nothing is extracted yet.
   *
   * @param first number of the example that is the first row
   * @param features needed for the columns of features and probabilities
   */
  Extraction(
      Generated examples, int first, Optional<Features> features, EvaluationContext context) {
    this.examples = examples;
    this.first = first;
    this.features = features;
    this.context = context;
  }

  /** Examples that are extracted at a time: as many as are made at a time, or some times that. */
  static int step(Generated examples) {
    return (AT_LEAST + examples.batch() - 1) / examples.batch() * examples.batch();
  }

  /**
   * Adds rows until a store has enough.
   *
   * @param what what the listener is told that they are
   * @return whether it has, or the work was to be stopped before
   */
  boolean fill(RowStore store, int total, String what) throws IOException {
    int size = examples.shape().size();
    int step = step(examples);
    float[] values = array(step, size);
    Map<Column, float[]> rows = new EnumMap<>(Column.class);
    rows.put(Column.VALUES, values);
    rows.put(Column.FEATURES, array(step, features.map(Features::size).orElse(0)));
    rows.put(Column.PROBABILITIES, array(step, features.map(Features::classes).orElse(0)));
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

  private void extract(int count, Map<Column, float[]> rows) {
    features.ifPresent(
        function -> {
          int size = examples.shape().size();
          float[] values = rows.get(Column.VALUES);
          int width = function.size();
          int classes = function.classes();
          float[] in = array(function.batch(), size);
          float[] vectors = array(function.batch(), width);
          float[] probabilities = array(function.batch(), classes);
          for (int first = 0; first < count; first += function.batch()) {
            int now = Math.min(function.batch(), count - first);
            System.arraycopy(values, first * size, in, 0, now * size);
            function.extract(in, now, vectors, probabilities);
            System.arraycopy(vectors, 0, rows.get(Column.FEATURES), first * width, now * width);
            System.arraycopy(
                probabilities, 0, rows.get(Column.PROBABILITIES), first * classes, now * classes);
          }
        });
  }
}
