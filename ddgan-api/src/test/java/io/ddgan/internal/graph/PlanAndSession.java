package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import io.ddgan.random.RandomStreams;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A graph with random inputs, run by SameDiff's session and by a compiled plan. */
final class PlanAndSession {

  private final Graph graph = new Graph(DataType.FLOAT, 2, DataShape.point(1));
  private final Map<String, SDVariable> wanted = new LinkedHashMap<>();
  private final Map<String, SDVariable> reference = new HashMap<>();

  SameDiff sameDiff() {
    return graph.sameDiff();
  }

  SDVariable input(String name, long... shape) {
    return graph.input(name, shape);
  }

  /** Creates inputs with names of one letter each. */
  SDVariable[] inputs(String letters) {
    return letters
        .chars()
        .mapToObj(letter -> graph.inputs().get(Character.toString(letter)))
        .toArray(SDVariable[]::new);
  }

  /** Requests an output, and the gradients of a function of it by some inputs. */
  PlanAndSession compare(SDVariable output, SDVariable... inputs) {
    wanted.put("output", output);
    return inputs.length == 0 ? this : gradients(sameDiff().math().sin(output).sum(), inputs);
  }

  /**
   * Requests an output, and the gradients of the sum of its elements without a sum in the graph.
   */
  PlanAndSession compareElements(SDVariable output, SDVariable... inputs) {
    wanted.put("output", output);
    return gradients(output, inputs);
  }

  private PlanAndSession gradients(SDVariable of, SDVariable... inputs) {
    var gradients = new ReverseMode(sameDiff()).gradients(of, List.of(inputs), Set.of());
    assertEquals(Set.of(inputs), gradients.keySet());
    gradients.forEach((v, gradient) -> wanted.put("gradient of " + v.name(), gradient));
    return this;
  }

  /** Sets another variable for the session to compute instead of the output. */
  PlanAndSession against(SDVariable other) {
    reference.put("output", other);
    return this;
  }

  /** Fails unless both agree and the plan replaced all of these operations. */
  void agreeWithout(String... operations) {
    assertReplaced(true, operations);
    run((name, session, plan) -> assertClose(name, session, plan));
  }

  /** Fails unless both agree and the plan runs these operations unchanged. */
  void agreeWith(String... operations) {
    assertReplaced(false, operations);
    run((name, session, plan) -> assertClose(name, session, plan));
  }

  /** Fails unless the plan has these operations unchanged; runs nothing. */
  void keeps(String... operations) {
    assertReplaced(false, operations);
  }

  /** Fails unless both give the same bits. */
  void areIdentical() {
    run((name, session, plan) -> assertArrayEquals(values(session), values(plan), name));
  }

  /** Fails unless both give the same bits and no operation was replaced. */
  void areIdenticalWithoutLowering() {
    Set<DifferentialFunction> kept = keptOperations();
    List<String> replaced =
        sameDiff().getOps().values().stream()
            .filter(op -> Lowerings.standard().containsKey(name(op)))
            .filter(op -> !kept.contains(op.getOp()))
            .map(PlanAndSession::name)
            .toList();
    assertEquals(List.of(), replaced, "operations that were lowered");
    areIdentical();
  }

  private SDVariable referenceTo(String name) {
    return reference.getOrDefault(name, wanted.get(name));
  }

  private void assertReplaced(boolean replaced, String... operations) {
    List<String> inGraph = sameDiff().getOps().values().stream().map(PlanAndSession::name).toList();
    List<String> kept = keptOperations().stream().map(DifferentialFunction::opName).toList();
    for (String operation : operations) {
      assertTrue(inGraph.contains(operation), () -> operation + " is not in " + inGraph);
      assertEquals(!replaced, kept.contains(operation), () -> operation + " in " + kept);
    }
  }

  private static String name(SameDiffOp op) {
    return op.getOp().opName();
  }

  /** Returns the operations of the graph that the plan runs; lowerings replace the others. */
  private Set<DifferentialFunction> keptOperations() {
    Set<DifferentialFunction> own = Collections.newSetFromMap(new IdentityHashMap<>());
    sameDiff().getOps().values().forEach(op -> own.add(op.getOp()));
    Set<DifferentialFunction> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    try (Tracer tracer = new Tracer(sameDiff())) {
      graph
          .inputs()
          .forEach(
              (name, v) ->
                  tracer.define(v, Value.fixed(Nd4j.zeros(v.dataType(), v.placeholderShape()))));
      tracer.trace(wanted.values());
      for (Call call : tracer.calls()) {
        if (call instanceof TracedCall traced) {
          kept.add(traced.operation());
        }
      }
    }
    kept.retainAll(own);
    return kept;
  }

  private void run(Check check) {
    assertFalse(wanted.isEmpty());
    CompiledPlan.Builder builder = CompiledPlan.of(graph);
    wanted.forEach(builder::output);
    try (CompiledPlan plan = builder.build()) {
      Map<String, INDArray> placeholders = new HashMap<>();
      for (String name : graph.inputs().keySet()) {
        INDArray input = plan.input(name);
        plan.set(name, gaussian(name, input.length()));
        placeholders.put(name, input.dup());
      }
      plan.run();
      List<String> names = wanted.keySet().stream().map(name -> referenceTo(name).name()).toList();
      Map<String, INDArray> session = sameDiff().output(placeholders, names);
      wanted.forEach(
          (name, v) -> {
            INDArray expected = session.get(referenceTo(name).name());
            INDArray actual = plan.output(name);
            assertArrayEquals(expected.shape(), actual.shape(), () -> "shape of " + name);
            assertEquals(expected.dataType(), actual.dataType(), () -> "type of " + name);
            check.check(name, expected, actual);
          });
      placeholders.forEach(
          (name, before) -> assertArrayEquals(values(before), values(plan.input(name)), name));
    }
  }

  /**
   * Compares within 1e-5 of the largest element, the rounding error of sums in single precision.
   */
  static void assertClose(String name, INDArray expected, INDArray actual) {
    float[] e = values(expected);
    float[] a = values(actual);
    double scale = 0;
    for (float x : e) {
      scale = Math.max(scale, Math.abs(x));
    }
    assertEquals(e.length, a.length, name);
    for (int i = 0; i < e.length; i++) {
      assertEquals(e[i], a[i], 1e-5 * scale, name + "[" + i + "]");
    }
  }

  static float[] values(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  static float[] gaussian(String name, long length) {
    var random = new RandomStreams(3).stream(name);
    float[] values = new float[Math.toIntExact(length)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private interface Check {
    void check(String name, INDArray session, INDArray plan);
  }
}
