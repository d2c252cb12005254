package io.ddgan.app.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.engine.CallTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BreakdownTest {

  private static final List<Long> MAPS = List.of(2L, 4L, 8L, 8L);

  /** 2 examples, 4 channels of 64 pixels, each a sum of 36 products. */
  private static final double OPERATIONS = 2 * 4 * 64 * 36 * 2.0;

  @Test
  void takesTheMedianStepAndSumsKinds() {
    Breakdown breakdown =
        Breakdown.middle(
            List.of(
                step(15, addition(1_000_000), addition(9_000_000), convolution(4_000_000)),
                step(12, addition(2_000_000), addition(3_000_000), convolution(4_000_000)),
                step(17, addition(7_000_000), addition(3_000_000), convolution(5_000_000))));
    Map<String, Object> map = breakdown.toMap();
    assertEquals(
        List.of("elementwise and other", "convolution"), List.copyOf(map.keySet()).subList(0, 2));
    assertEquals(Map.of("calls", 2, "ms", 10.0, "percent", 66.7), map.get("elementwise and other"));
    assertEquals(15.0, map.get("step_ms"));
    assertEquals(1.0, map.get("outside_ms"));
  }

  @Test
  void computesTheThroughputOfConvolutions() {
    CallTime gradient = new CallTime("conv2d_bp", MAPS, 2 * OPERATIONS, 1000);
    CallTime ofInput = new CallTime("deconv2d", MAPS, OPERATIONS, 2000);
    Breakdown breakdown =
        new Breakdown(1, List.of(addition(1), convolution(1000), gradient, ofInput));
    assertEquals(36.9, breakdown.toMap().get("convolution_gflops"));
  }

  private static Breakdown step(double milliseconds, CallTime... calls) {
    return new Breakdown(milliseconds, List.of(calls));
  }

  private static CallTime convolution(long nanoseconds) {
    return new CallTime("conv2d", MAPS, OPERATIONS, nanoseconds);
  }

  private static CallTime addition(long nanoseconds) {
    return new CallTime("add", MAPS, 0, nanoseconds);
  }
}
