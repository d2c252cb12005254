package io.ddgan.eval;

import io.ddgan.api.Features;
import io.ddgan.api.Metric.Need;
import io.ddgan.train.data.Pixels;
import io.ddgan.train.sampling.Generated;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Turns examples into rows of values, features and probabilities, some examples at a time.
 *
 * @param features needed for the columns of features and probabilities
 */
record Extraction(Generated examples, Optional<Features> features, EvaluationContext context) {

  private static final int AT_LEAST = 64;

  /**
   * Adds rows until there are enough.
   *
   * @param columns where each kind of numbers goes, with the same number of rows
   * @param until how many are enough
   * @param total what the listener is told that this is a part of
   * @param what what the listener is told that the examples are
   * @return whether there are, or the work was to be stopped before
   */
  boolean fill(Map<Need, Rows> columns, int until, int total, String what) throws IOException {
    int size = examples.shape().size();
    int step = (AT_LEAST + examples.batch() - 1) / examples.batch() * examples.batch();
    Map<Need, float[]> rows = new EnumMap<>(Need.class);
    rows.put(Need.VALUES, array(step, size));
    rows.put(Need.FEATURES, array(step, features.map(Features::size).orElse(0)));
    rows.put(Need.PROBABILITIES, array(step, features.map(Features::classes).orElse(0)));
    float[] values = rows.get(Need.VALUES);
    int done = columns.values().iterator().next().count();
    while (done < until) {
      if (context.stop().getAsBoolean()) {
        return false;
      }
      int before = done;
      int now = Math.min(step, until - before);
      context.listener().advanced(what, before, total);
      examples.read(
          before,
          now,
          values,
          share -> context.listener().advanced(what, before + (int) (share * now), total));
      if (examples.shape().isImage()) {
        Pixels.round(values, now * size);
      }
      features.ifPresent(function -> extract(function, now, rows));
      for (Map.Entry<Need, Rows> column : columns.entrySet()) {
        column.getValue().append(now, rows.get(column.getKey()));
      }
      done += now;
      context.listener().advanced(what, done, total);
    }
    return true;
  }

  private static float[] array(int count, int each) {
    return new float[Math.multiplyExact(count, each)];
  }

  private void extract(Features function, int count, Map<Need, float[]> rows) {
    int size = examples.shape().size();
    int width = function.size();
    int classes = function.classes();
    float[] in = array(function.batch(), size);
    float[] vectors = array(function.batch(), width);
    float[] probabilities = array(function.batch(), classes);
    for (int first = 0; first < count; first += function.batch()) {
      int now = Math.min(function.batch(), count - first);
      System.arraycopy(rows.get(Need.VALUES), first * size, in, 0, now * size);
      function.extract(in, now, vectors, probabilities);
      System.arraycopy(vectors, 0, rows.get(Need.FEATURES), first * width, now * width);
      System.arraycopy(
          probabilities, 0, rows.get(Need.PROBABILITIES), first * classes, now * classes);
    }
  }
}
