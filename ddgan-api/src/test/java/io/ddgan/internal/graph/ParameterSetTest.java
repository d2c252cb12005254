package io.ddgan.internal.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.Initializer;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import io.ddgan.random.RandomStreams;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

class ParameterSetTest {

  private static final DataShape POINT = DataShape.point(1);
  private static final RandomStreams STREAMS = new RandomStreams(1);

  private static final Initializer UNIFORM =
      (shape, random) -> {
        float[] values = new float[6];
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextFloat();
        }
        return values;
      };

  @Test
  void namesTheParameterOfAWrongInitialiser() {
    Graph graph = new Graph(DataType.FLOAT, 1, POINT, 0, false);
    SDVariable unused = graph.declare("generator").parameter("weight", UNIFORM, 2, 4);
    ParameterLayout layout = graph.declared().get("generator");
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ParameterSet.initialised(layout, DataType.FLOAT, "generator", STREAMS));
    assertEquals(
        "the network generator has a parameter weight of the shape [2, 4], but its initialiser returned 6 values instead of 8",
        e.getMessage());
  }

  @Test
  void storesParametersInOrderOfUse() {
    ParameterLayout layout = layout();
    assertEquals(
        List.of("main.weight", "main.inner.bias", "last"),
        layout.entries().stream().map(ParameterLayout.Entry::name).toList());
    assertEquals(
        List.of(0L, 6L, 12L),
        layout.entries().stream().map(ParameterLayout.Entry::offset).toList());
    assertEquals(18, layout.size());
    assertEquals(List.of(2L, 3L), layout.entry("main.weight").shape());
  }

  @Test
  void returnsTheSameParameterTwice() {
    ParameterLayout layout =
        ParameterLayout.of(
            POINT, 1, p -> assertSame(p.parameter("a", UNIFORM, 6), p.parameter("a", UNIFORM, 6)));
    assertEquals(6, layout.size());

    ParameterScope bound = new Graph(DataType.FLOAT, 1, POINT).network("network", layout);
    assertSame(bound.parameter("a", UNIFORM, 6), bound.parameter("a", UNIFORM, 6));
  }

  @Test
  void parametersHaveSeparateStreams() {
    ParameterLayout alone = ParameterLayout.of(POINT, 1, p -> declare(p, "last", 6));
    try (ParameterSet a = initialised("network", STREAMS);
        ParameterSet b = initialised("network", new RandomStreams(2));
        ParameterSet c = initialised("other", STREAMS);
        ParameterSet one = ParameterSet.initialised(alone, DataType.FLOAT, "network", STREAMS);
        ParameterSet copy = a.copy()) {
      assertNotEquals(a.flat(), b.flat());
      assertNotEquals(a.flat(), c.flat());
      assertNotEquals(a.view("last").reshape(6), a.view("main.weight").reshape(6));
      assertEquals(one.view("last"), a.view("last").reshape(6));
      assertEquals(a.flat(), copy.flat());
      a.flat().assign(0);
      assertNotEquals(a.flat(), copy.flat());
    }
  }

  @Test
  void viewsWriteThrough() {
    try (ParameterSet set = ParameterSet.zeros(layout(), DataType.FLOAT)) {
      set.view("main.inner.bias").assign(7);
      set.view("main.weight").putScalar(1, 2, 5);
      float[] expected = {0, 0, 0, 0, 0, 5, 7, 7, 7, 7, 7, 7, 0, 0, 0, 0, 0, 0};
      assertArrayEquals(expected, set.flat().data().asFloat());
      assertEquals(5, set.values("main.weight").get(5));
      set.values("last").put(0, 3);
      assertEquals(3, set.flat().getFloat(12));
      set.set("main.weight", new float[] {1, 2, 3, 4, 5, 6});
      assertEquals(6, set.view("main.weight").getDouble(1, 2));
      assertEquals(4, set.view("main.weight").getDouble(1, 0));
      assertThrows(IllegalArgumentException.class, () -> set.set("main.weight", new float[5]));
      assertThrows(IllegalArgumentException.class, () -> set.view("bias"));
    }
  }

  @Test
  void refusesTooLargeParametersBeforeAllocation() {
    ParameterLayout huge = ParameterLayout.of(POINT, 1, p -> declare(p, "w", 1 << 30, 1 << 30));
    var refused =
        assertThrows(RefusedException.class, () -> ParameterSet.zeros(huge, DataType.FLOAT));
    assertTrue(
        refused
            .getMessage()
            .startsWith(
                "a network's 1,152,921,504,606,846,976 parameters need 4,398,046,511,104 MiB of memory, but this process may use "),
        refused.getMessage());
  }

  @Test
  void refusesParametersWhoseSizeOverflows() {
    assertRefused(
        "too large: parameter w would have the shape [1099511627776, 1099511627776]",
        p -> declare(p, "w", 1L << 40, 1L << 40));
    assertRefused("too large: parameter w would have the shape [-2]", p -> declare(p, "w", -2));
    assertRefused(
        "too many layers: the first 20,000 parameter arrays hold 60,000 parameters, and a network can have no more arrays",
        p -> {
          for (int i = 0; i < Integer.MAX_VALUE; i++) {
            declare(p, "layer" + i, 3);
          }
        });
  }

  @Test
  void refusesAnotherShapeOfAParameter() {
    String expected =
        "parameter main.weight has the shape [2, 3], but is used with the shape [3, 2]";
    assertRefused(
        expected,
        p -> {
          declare(p.child("main"), "weight", 2, 3);
          declare(p.child("main"), "weight", 3, 2);
        });
    ParameterScope bound = new Graph(DataType.FLOAT, 1, POINT).network("network", layout());
    var bad =
        assertThrows(RefusedException.class, () -> declare(bound.child("main"), "weight", 3, 2));
    assertEquals(expected, bad.getMessage());
  }

  private static void assertRefused(String message, Consumer<ParameterScope> network) {
    var refused = assertThrows(RefusedException.class, () -> ParameterLayout.of(POINT, 1, network));
    assertEquals(message, refused.getMessage());
  }

  private static ParameterLayout layout() {
    return ParameterLayout.of(
        POINT,
        1,
        p -> {
          ParameterScope main = p.child("main");
          declare(main, "weight", 2, 3);
          declare(main.child("inner"), "bias", 6);
          declare(main, "weight", 2, 3);
          declare(p, "last", 3, 2, 1);
        });
  }

  private static void declare(ParameterScope p, String name, long... shape) {
    SDVariable parameter = p.parameter(name, UNIFORM, shape);
    assertTrue(parameter.isPlaceHolder());
    assertFalse(parameter.isConstant());
  }

  private static ParameterSet initialised(String network, RandomStreams streams) {
    return ParameterSet.initialised(layout(), DataType.FLOAT, network, streams);
  }
}
