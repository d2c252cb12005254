package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import io.ddgan.engine.Call;
import io.ddgan.engine.CallTime;
import io.ddgan.engine.Engine;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class CompiledPlanTest {

  private static final DataShape POINT = DataShape.point(4);
  private static final String NETWORK = "network";

  private final Graph graph = new Graph(DataType.FLOAT, 1, POINT);
  private final SameDiff sd = graph.sameDiff();

  @Test
  void runningTwiceGivesTheSameBits() {
    SDVariable x = graph.input("x", 8, 16);
    SDVariable y = sd.nn().softmax(sd.mmul(x, x, true, false, false)).sum(0);
    try (CompiledPlan plan = CompiledPlan.of(graph).output("y", y).build()) {
      plan.set("x", PlanAndSession.gaussian("x", 128));
      float[] first = run(plan, "y");
      assertArrayEquals(first, run(plan, "y"));
      List<CallTime> times = plan.profile(3);
      assertEquals(plan.size(), times.size());
      assertTrue(times.stream().allMatch(t -> t.nanoseconds() > 0), times::toString);
      assertArrayEquals(first, plan.get("y"));
    }
  }

  @Test
  void shapesDependOnArgumentsAndConstants() {
    SDVariable x = graph.input("x", 2, 3);
    SDVariable below = sd.concat(0, x, x).permute(0, 1);
    SDVariable concatenated = sd.concat(1, x, x).permute(0, 1);
    SDVariable turned = sd.concat(0, x, x).permute(1, 0);
    CompiledPlan.Builder builder = CompiledPlan.of(graph);
    builder.output("below", below.mul(1)).output("concatenated", concatenated.mul(1));
    builder.output("1", places(false, true, false)).output("2", places(true, false, true));
    try (CompiledPlan plan = builder.output("turned", turned.mul(1)).build()) {
      plan.set("x", new float[] {1, 2, 3, 4, 5, 6});
      plan.run();
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6}, plan.get("below"));
      assertArrayEquals(new float[] {1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}, plan.get("concatenated"));
      assertArrayEquals(new float[] {1, 4, 1, 4, 2, 5, 2, 5, 3, 6, 3, 6}, plan.get("turned"));
      assertArrayEquals(new float[] {1}, plan.get("1"));
      assertArrayEquals(new float[] {0, 2}, plan.get("2"));
    }
  }

  private SDVariable places(boolean... isThere) {
    return sd.where(sd.constant(Nd4j.createFromArray(isThere))).castTo(DataType.FLOAT);
  }

  @Test
  void keepsOutputsAndInputs() {
    SDVariable x = graph.input("x", 64);
    SDVariable early = x.add(1);
    SDVariable view = x.mul(3).reshape(8, 8);
    SDVariable last = early.add(view.reshape(64));
    for (int i = 0; i < 20; i++) {
      last = sd.math().tanh(last.mul(1.5));
    }
    try (CompiledPlan plan =
        CompiledPlan.of(graph)
            .output("early", early)
            .output("view", view)
            .output("last", last)
            .output("input", x)
            .build()) {
      float[] values = new float[64];
      Arrays.fill(values, 0.25f);
      plan.set("x", values);
      plan.run();
      assertTrue(plan.workingMemory() < 10 * 64 * Float.BYTES, "no memory was used again");
      assertEquals(64, plan.get("early").length); // at the beginning of the workspace
      assertAll(1.25f, plan, "early");
      assertAll(0.75f, plan, "view");
      assertAll(0.25f, plan, "input");
    }
  }

  @Test
  void computesConstantsOnceAndReadsInputsInEveryRun() {
    SDVariable x = graph.input("x", 2);
    SDVariable five = sd.constant(Nd4j.scalar(2f)).add(sd.constant(Nd4j.scalar(3f)));
    try (CompiledPlan plan = CompiledPlan.of(graph).output("y", x.mul(five)).build()) {
      assertEquals(1, plan.size());
      plan.set("x", new float[] {1, 2});
      assertArrayEquals(new float[] {5, 10}, run(plan, "y"));
      plan.set("x", new float[] {-1, 0.5f});
      assertArrayEquals(new float[] {-5, 2.5f}, run(plan, "y"));
    }
  }

  @Test
  void computesOnceWhatDependsOnConstantWeightsAlone() {
    ParameterLayout layout = layout("w");
    SDVariable w = parameter(graph.network(NETWORK, layout), "w").mul(2);
    SDVariable y = graph.input("x", 4).mul(w);
    for (boolean isConstant : List.of(true, false)) {
      try (ParameterSet weights = weights(layout, 1, 2, 3, 4);
          CompiledPlan plan =
              CompiledPlan.of(graph)
                  .parameters(NETWORK, weights)
                  .constantWeights(isConstant)
                  .output("y", y)
                  .build()) {
        assertEquals(isConstant ? 1 : 2, plan.size());
        plan.set("x", new float[] {1, 1, 1, 1});
        assertArrayEquals(new float[] {2, 4, 6, 8}, run(plan, "y"));
      }
    }
  }

  @Test
  void gradientsOfUnusedParametersStayZero() {
    ParameterLayout layout = layout("a", "idle", "absent");
    ParameterScope p = graph.network(NETWORK, layout);
    SDVariable idle = parameter(p, "idle").mul(2);
    SDVariable loss = parameter(p, "a").mul(3).sum();
    try (ParameterSet weights = weights(layout, new float[12]);
        ParameterSet gradient = ParameterSet.zeros(layout, DataType.FLOAT);
        CompiledPlan plan =
            CompiledPlan.of(graph)
                .parameters(NETWORK, weights)
                .output("idle", idle)
                .gradients(NETWORK, loss, Set.of(), gradient)
                .build()) {
      plan.run();
      assertArrayEquals(
          new float[] {3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0}, gradient.flat().data().asFloat());
    }
  }

  @Test
  void gradientsMayBeInputsOrParameters() {
    ParameterLayout layout = layout("a", "b");
    ParameterScope p = graph.network(NETWORK, layout);
    SDVariable x = graph.input("x", 4);
    SDVariable loss = parameter(p, "a").mul(parameter(p, "b")).add(parameter(p, "a").mul(x)).sum();
    try (ParameterSet weights = weights(layout, 1, 2, 3, 4, 5, 6, 7, 8);
        ParameterSet gradient = ParameterSet.zeros(layout, DataType.FLOAT);
        CompiledPlan plan = plan(loss, weights, gradient)) {
      plan.set("x", new float[] {1, -1, 2, 0});
      for (int i = 0; i < 2; i++) {
        plan.run();
        assertArrayEquals(new float[] {6, 5, 9, 8, 1, 2, 3, 4}, gradient.flat().data().asFloat());
      }
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, weights.flat().data().asFloat());
      weights.flat().addi(1);
      plan.run();
      assertArrayEquals(new float[] {7, 6, 10, 9, 2, 3, 4, 5}, gradient.flat().data().asFloat());
    }
  }

  @Test
  void reportsUnknownNamesAndSizes() {
    SDVariable x = graph.input("x", 2);
    Workspace workspace = new Workspace();
    CompiledPlan plan = CompiledPlan.of(graph).in(workspace).output("y", x.mul(2)).build();
    assertError("the plan has no input named z, only [x]", () -> plan.input("z"));
    assertError("the plan has no output named z, only [y]", () -> plan.output("z"));
    assertError("input x has 2 elements, not 3", () -> plan.set("x", new float[3]));
    workspace.close();
    assertThrows(IllegalStateException.class, plan::run);
    plan.close();
    for (Executable use :
        List.<Executable>of(plan::run, () -> plan.get("y"), () -> plan.input("x"))) {
      assertThrows(IllegalStateException.class, use);
    }
    plan.close();
  }

  @Test
  void namesTheOperationThatCannotBeCompiled() {
    SDVariable x = graph.input("x", 2);
    SDVariable maps = graph.input("maps", 1, 1, 2, 2);
    ParameterLayout layout = layout("a");
    SDVariable weight = parameter(graph.network(NETWORK, layout), "a");
    assertRefused("parameter scope's dropout", sd.nn().dropout(x, 0.5));
    assertRefused("parameter scope's dropout", sd.random().normal(0, 1, DataType.FLOAT, 2));
    assertRefused("switch is control flow", sd.switchOp(x, x.sum().gt(0))[0]);
    assertRefused("upsampling2d lacks arguments", sd.cnn().upsampling2d(maps, 2));
    assertRefused("the variable network/a has no value", weight.mul(2));
    SDVariable top = sd.nn().topK(graph.input("z", 4), 2, true)[0].sum();
    assertError(
        "cannot differentiate the operation top_k",
        () -> new ReverseMode(sd).gradients(top, List.of(graph.inputs().get("z")), Set.of()));
    CompiledPlan.of(graph).output("y", x.mul(2)).build().close(); // can still be created
    try (ParameterSet weights = weights(layout, 1, 2, 3, 4)) {
      assertError(
          "the graph has no network named other, only [network]",
          () -> CompiledPlan.of(graph).parameters("other", weights));
    }
    assertError(
        "the graph already has a network named network", () -> graph.network(NETWORK, layout));
  }

  private void assertRefused(String expected, SDVariable output) {
    assertError(expected, () -> CompiledPlan.of(graph).output("y", output).build());
  }

  private CompiledPlan plan(SDVariable loss, ParameterSet weights, ParameterSet gradient) {
    return CompiledPlan.of(graph)
        .parameters(NETWORK, weights)
        .gradients(NETWORK, loss, Set.of(), gradient)
        .build();
  }

  private static ParameterLayout layout(String... names) {
    return ParameterLayout.of(
        POINT,
        1,
        p -> {
          for (String name : names) {
            assertFalse(parameter(p, name).isConstant());
          }
        });
  }

  private static SDVariable parameter(ParameterScope p, String name) {
    return p.parameter(name, (shape, random) -> new float[4], 4);
  }

  private static ParameterSet weights(ParameterLayout layout, float... values) {
    ParameterSet weights = ParameterSet.zeros(layout, DataType.FLOAT);
    weights.flat().assign(Nd4j.createFromArray(values));
    return weights;
  }

  private static float[] run(CompiledPlan plan, String output) {
    plan.run();
    return PlanAndSession.values(plan.output(output));
  }

  private static void assertAll(float expected, CompiledPlan plan, String output) {
    for (float actual : PlanAndSession.values(plan.output(output))) {
      assertEquals(expected, actual, output);
    }
  }

  private static void assertError(String expected, Executable action) {
    var error = assertThrows(IllegalArgumentException.class, action);
    assertTrue(error.getMessage().contains(expected), error::getMessage);
  }

  @Test
  void sharedWorkspacesHaveTheSizeOfTheLargestPlan() {
    SDVariable x = graph.input("x", 1000);
    SDVariable y = graph.sameDiff().math().exp(graph.sameDiff().math().sin(x)).add(x);
    Graph other = new Graph(DataType.FLOAT, 1, POINT);
    SDVariable u = other.input("u", 500);
    SDVariable v = other.sameDiff().math().cos(other.sameDiff().math().exp(u)).mul(u);
    try (Workspace workspace = new Workspace();
        CompiledPlan small = CompiledPlan.of(other).in(workspace).output("v", v).build();
        CompiledPlan large = CompiledPlan.of(graph).in(workspace).output("y", y).build()) {
      assertTrue(small.workingMemory() < large.workingMemory());
      assertArrayEquals(new long[] {1000}, large.shape("y"));
      assertEquals(large.workingMemory(), workspace.bytes());
      large.input("x").assign(0.5);
      small.input("u").assign(0.25);
      for (int i = 0; i < 2; i++) {
        large.run();
        assertEquals(Math.exp(Math.sin(0.5)) + 0.5, large.output("y").getDouble(999), 1e-6);
        small.run();
        assertEquals(Math.cos(Math.exp(0.25)) * 0.25, small.output("v").getDouble(499), 1e-6);
      }
      assertEquals(large.workingMemory(), workspace.bytes());
      Graph late = new Graph(DataType.FLOAT, 1, POINT);
      SDVariable z = late.input("z", 5000);
      SDVariable w = late.sameDiff().math().exp(z).add(2);
      try (CompiledPlan joining = CompiledPlan.of(late).in(workspace).output("w", w).build()) {
        joining.run();
        assertEquals(3, joining.output("w").getDouble(4999), 1e-6);
        large.run();
        assertEquals(Math.exp(Math.sin(0.5)) + 0.5, large.output("y").getDouble(999), 1e-6);
      }
    }
  }

  @Test
  void anEngineIsReleasedOnceForEachPlanAlsoAfterAFailure() {
    AtomicInteger released = new AtomicInteger();
    Engine engine =
        new Engine() {
          @Override
          public String name() {
            return "without memory";
          }

          @Override
          public Optional<List<Call>> optimise(List<Call> calls, Set<Value> results) {
            return Optional.of(calls);
          }

          @Override
          public void run(List<Kernel> kernels) {
            throw new OutOfMemoryError("no memory for kernels");
          }

          @Override
          public void release() {
            released.incrementAndGet();
          }
        };
    Graph graph = new Graph(DataType.FLOAT, 1, DataShape.point(1));
    SDVariable x = graph.input("x", 1 << 20, 1);
    CompiledPlan plan = CompiledPlan.of(graph).on(engine).output("y", x.mul(2)).build();
    assertThrows(OutOfMemoryError.class, plan::run);
    plan.close();
    assertEquals(1, released.get());
    SDVariable large = x.mul(graph.input("z", 1, 1 << 20)); // 4 TiB
    assertThrows(
        RefusedException.class, () -> CompiledPlan.of(graph).on(engine).output("y", large).build());
    assertEquals(2, released.get());
  }
}
