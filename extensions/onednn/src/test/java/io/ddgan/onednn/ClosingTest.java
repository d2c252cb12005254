package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.api.ParameterScope;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.layers.Convolution;
import io.ddgan.layers.FeatureMap;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** After a plan is closed, nothing is left of it, of its threads or of its engine. */
@Tag("slow")
class ClosingTest {

  private static final DataShape SHAPE = DataShape.image(8, 8, 8);
  private static final int TIMES = 300;

  /** Native memory of an engine is a megabyte; what waits for the garbage collector is less. */
  private static final int MOST_MEBIBYTES = 32;

  @Test
  void hundredsOfPlansLeaveNeitherThreadsNorMemory() throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "--add-modules=jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Loop.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  /** Compiles, runs and closes plans, and ends with 1 and a sentence if something is left. */
  static final class Loop {

    private Loop() {}

    public static void main(String[] args) throws IOException {
      ParameterLayout layout =
          ParameterLayout.of(
              SHAPE,
              2,
              p -> network(p.sameDiff().placeHolder("x", DataType.FLOAT, SHAPE.batch(2)), p));
      Engine engine = Tested.engine(true, 2);
      long before = 0;
      try (ParameterSet weights =
          ParameterSet.initialised(layout, DataType.FLOAT, "N", new RandomStreams(6))) {
        for (int i = 0; i < TIMES; i++) {
          Graph graph = new Graph(DataType.FLOAT, 2, SHAPE);
          SDVariable y = network(graph.input("x", SHAPE.batch(2)), graph.network("N", layout));
          try (CompiledPlan plan =
              CompiledPlan.of(graph).on(engine).parameters("N", weights).output("y", y).build()) {
            plan.run();
          }
          require(workers() == 0, "threads after %d plans: %d".formatted(i, workers()));
          before = i == TIMES / 10 ? resident() : before;
        }
      }
      long grown = resident() - before;
      require(grown < MOST_MEBIBYTES, "after %d plans: %d MiB more".formatted(TIMES, grown));
      long left = Pointer.totalBytes() >> 20;
      require(left < MOST_MEBIBYTES, "after %d plans: %d MiB of pointers".formatted(TIMES, left));
    }

    private static SDVariable network(SDVariable x, ParameterScope p) {
      return Convolution.same(8, 3).apply(p, FeatureMap.of(x, SHAPE)).value();
    }

    private static long workers() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().startsWith("worker-"))
          .count();
    }

    /** Returns the resident memory in MiB. */
    private static long resident() throws IOException {
      Path status = Path.of("/proc/self/status"); // only on Linux
      return Files.exists(status)
          ? Files.readAllLines(status).stream()
                  .filter(line -> line.startsWith("VmRSS:"))
                  .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                  .sum()
              / 1024
          : 0;
    }

    private static void require(boolean condition, String text) {
      if (!condition) {
        System.out.println(text);
        System.exit(1);
      }
    }
  }
}
