package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.file.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class BenchCommandTest extends CommandTest {

  private static final List<String> TINY =
      List.of(
          "bench",
          "bench",
          "generator.base-channels=8",
          "generator.channel-multipliers=[1,2]",
          "discriminator.base-channels=2",
          "training.batch-size=4",
          "--warm-up",
          "0");

  @Test
  void printsSizesTimesAndBreakdownAsJson() {
    assertEquals(
        0,
        bench(
            "--shape",
            "3x16x16",
            "--repetitions",
            "2",
            "schedule.steps=2",
            "--breakdown",
            "--json"),
        err::toString);
    Map<String, Object> results = Json.parse(out.toString());
    assertEquals(4, results.get("batch"));
    assertTrue((int) results.get("generator_parameters") > 0);
    for (String time :
        List.of("step_ms", "step_r1_ms", "generator_forward_ms", "sample_2_steps_ms", "build_ms")) {
      assertTrue(((Number) results.get(time)).doubleValue() > 0, time);
    }
    Map<?, ?> breakdown = (Map<?, ?>) results.get("breakdown");
    assertTrue(breakdown.get("convolution") instanceof Map<?, ?>, out::toString);
    assertTrue(breakdown.containsKey("outside_ms"), out::toString);
  }

  @Test
  void printsATable() {
    assertEquals(0, bench("--shape", "3x8x8", "--repetitions", "1", "--breakdown"), err::toString);
    assertTrue(out.toString().contains("outside_ms"), out::toString);
    assertTrue(out.toString().contains("convolution_gflops"), out::toString);
    assertEquals(2, bench("--repetitions", "0"));
    assertTrue(err.toString().contains("--repetitions"), err::toString);
  }

  @Test
  void unsuitableImagesAreRefused() {
    assertEquals(2, bench("--shape", "3x15x15"));
    assertTrue(err.toString().contains("multiples of 2"), err::toString);
  }

  private int bench(String... more) {
    List<String> args = new ArrayList<>(TINY);
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }
}
