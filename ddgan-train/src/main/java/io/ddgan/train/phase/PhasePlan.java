package io.ddgan.train.phase;

import io.ddgan.api.Inputs;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.random.RandomStreams;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The plan of a phase's loss for the steps in which the same terms are due, and what fills its
 * inputs.
 *
 * @param adaptive the adaptive numbers among its inputs
 */
record PhasePlan(
    CompiledPlan plan,
    Map<String, InputSource> sources,
    Set<String> adaptive,
    List<String> reports) {

  /** Output with the loss, a scalar. */
  static final String LOSS = "loss";

  /** Output with what is reported of a column. */
  static String output(String column) {
    return "report/" + column;
  }

  /** How many numbers are reported of a shard. */
  int length(String column) {
    return Math.toIntExact(LongStream.of(plan.shape(output(column))).reduce(1, (a, b) -> a * b));
  }

  /** How many numbers a shard measures: its loss, and what is reported of it. */
  int measured() {
    return 1 + reports.stream().mapToInt(this::length).sum();
  }

  /** Whether a column is of each example, whose times are drawn and not others or none. */
  boolean isByTime(String column, int batch) {
    return Arrays.equals(plan.shape(output(column)), new long[] {batch})
        && sources.keySet().stream()
            .anyMatch(name -> name.equals(Inputs.TIME) || name.startsWith(PhaseGraph.BY_TIME));
  }

  /** Gives the adaptive numbers their values. */
  void set(AdaptiveNumbers numbers) {
    for (String name : adaptive) {
      plan.set(PhaseGraph.ADAPTIVE + name, new float[] {(float) numbers.value(name)});
    }
  }

  /**
   * Computes the gradient of a shard.
   *
   * @param measured takes its loss, and what is reported of it
   */
  void run(PhaseDraw draw, int shard, FloatBuffer measured) {
    draw.inputs().forEach((name, values) -> plan.set(name, part(name, values, shard)));
    plan.drawDropout(new RandomStreams(draw.dropout().stream("part", shard).nextLong()));
    plan.run();
    measured.put(plan.output(LOSS).getFloat(0));
    for (String column : reports) {
      measured.put(plan.get(output(column)));
    }
  }

  /** An input's values, or the part of them that a shard has. */
  private float[] part(String name, float[] values, int shard) {
    int length = Math.toIntExact(plan.input(name).length());
    return values.length == length
        ? values
        : Arrays.copyOfRange(values, shard * length, (shard + 1) * length);
  }
}
