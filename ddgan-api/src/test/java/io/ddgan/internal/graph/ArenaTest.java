package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.engine.Value;
import io.ddgan.random.RandomStreams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Assign;
import org.nd4j.linalg.factory.Nd4j;

class ArenaTest {

  @Test
  void chainsOfCallsNeedTwoBuffers() {
    List<TracedCall> calls = new ArrayList<>();
    Value last = value(DataType.FLOAT, 16);
    calls.add(call(List.of(), last));
    for (int i = 0; i < 50; i++) {
      Value next = value(DataType.FLOAT, 16);
      calls.add(call(List.of(last), next));
      last = next;
    }
    try (Workspace workspace = new Workspace()) {
      Arena arena = Arena.of(calls, Set.of(last));
      arena.reserve(workspace);
      assertEquals(2 * 16 * Float.BYTES, arena.bytes());
      assertEquals(2 * 16 * Float.BYTES, workspace.bytes());
    }
    Value fixed = Value.fixed(Nd4j.zeros(DataType.FLOAT, 100)); // needs no memory in the arena
    Value planned = value(DataType.FLOAT, 16);
    calls = List.of(call(List.of(planned), fixed), call(List.of(fixed), planned));
    assertEquals(16 * Float.BYTES, Arena.of(calls, Set.of()).bytes());
  }

  /** Fails unless every call and the reader of each output find the values that were written. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void keepsValuesUntilTheirLastRead(long seed) {
    RandomGenerator random = new RandomStreams(seed).stream("calls");
    List<TracedCall> calls = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    Set<Value> kept = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      List<Value> inputs = new ArrayList<>();
      for (int k = random.nextInt(Math.min(4, values.size() + 1)); k > 0; k--) {
        Value input = values.get(values.size() - 1 - random.nextInt(Math.min(12, values.size())));
        inputs.add(random.nextBoolean() ? input : input.reshaped(1, input.length()));
      }
      Value[] outputs = new Value[1 + random.nextInt(2)];
      for (int k = 0; k < outputs.length; k++) {
        outputs[k] =
            value(random.nextInt(4) == 0 ? DataType.DOUBLE : DataType.FLOAT, random.nextInt(80));
        if (random.nextInt(8) == 0) {
          kept.add(random.nextBoolean() ? outputs[k] : outputs[k].reshaped(1, outputs[k].length()));
        }
      }
      calls.add(call(inputs, outputs));
      values.addAll(List.of(outputs));
    }

    try (Workspace workspace = new Workspace()) {
      Arena arena = Arena.of(calls, kept);
      arena.reserve(workspace);
      arena.place(workspace);
      long bytes = arena.bytes();
      Map<Value, Integer> written = new HashMap<>();
      for (int i = 0; i < calls.size(); i++) {
        for (Value output : calls.get(i).outputs()) {
          int tag = written.size() + 1;
          output.array().assign(tag);
          written.put(output, tag);
        }
        calls.get(i).inputs().forEach(input -> assertHolds(written, input));
        calls.get(i).outputs().forEach(output -> assertHolds(written, output));
      }
      kept.forEach(output -> assertHolds(written, output));
      long separately = values.stream().mapToLong(v -> 4 * ((v.length() + 15) / 16 * 16)).sum();
      assertTrue(bytes < separately, "no place was used twice");
    }
  }

  private static void assertHolds(Map<Value, Integer> written, Value value) {
    double expected = written.get(value.root());
    assertEquals(expected, value.array().minNumber().doubleValue());
    assertEquals(expected, value.array().maxNumber().doubleValue());
  }

  private static Value value(DataType type, long length) {
    return Value.planned(type, new long[] {Math.max(1, length)});
  }

  private static TracedCall call(List<Value> inputs, Value... outputs) {
    return new TracedCall(new Assign(), inputs, List.of(outputs));
  }
}
