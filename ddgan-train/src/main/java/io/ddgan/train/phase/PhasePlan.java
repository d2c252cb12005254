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
 * The plan of a phase's loss for one set of due terms, with the sources of its inputs.
 *
 * @param adaptive names of the adaptive values among its inputs
 */
record PhasePlan(
    CompiledPlan plan,
    Map<String, InputSource> sources,
    Set<String> adaptive,
    List<String> reports) {

  /** Output with the loss, a scalar. */
  static final String LOSS = "loss";

  /** Returns the name of the output of a reported column. */
  static String output(String column) {
    return "report/" + column;
  }

  /** Returns the length of a reported value, per shard. */
  int length(String column) {
    return Math.toIntExact(LongStream.of(plan.shape(output(column))).reduce(1, (a, b) -> a * b));
  }

  /** Returns the length of a shard's measurements: its loss and its reported values. */
  int measured() {
    return 1 + reports.stream().mapToInt(this::length).sum();
  }

  /** Returns whether a column has one value per example of a loss that depends on the time. */
  boolean isByTime(String column, int batch) {
    return Arrays.equals(plan.shape(output(column)), new long[] {batch})
        && sources.keySet().stream()
            .anyMatch(name -> name.equals(Inputs.TIME) || name.startsWith(PhaseGraph.BY_TIME));
  }

  /** Sets the inputs of the adaptive values. */
  void set(AdaptiveValues numbers) {
    for (String name : adaptive) {
      plan.set(PhaseGraph.ADAPTIVE + name, new float[] {(float) numbers.value(name)});
    }
  }

  /**
   * Computes the gradient of a shard.
   *
   * @param measured receives its loss and its reported values
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

  /** Returns a shard's part of an input's values, or all of them if shards share the input. */
  private float[] part(String name, float[] values, int shard) {
    int length = Math.toIntExact(plan.input(name).length());
    return values.length == length
        ? values
        : Arrays.copyOfRange(values, shard * length, (shard + 1) * length);
  }
}
