package io.ddgan.app.benchmark;

import io.ddgan.engine.CallTime;
import io.ddgan.train.step.TrainingStep;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the time of a step goes, from the times of its native calls.
 *
 * @param step milliseconds of a whole step
 * @param calls times of the calls that it consists of, measured one by one right after it
 * @param alone times of the calls by themselves
 */
public record Breakdown(double step, List<CallTime> calls, List<CallTime> alone) {

  private static final double MILLISECOND = 1e6;
  private static final String CONVOLUTION = "convolution";

  /** What calls of one kind take together. */
  public record CallKind(String name, long calls, double milliseconds) {}

  /**
   * Of several measurements of the same calls, the one in the middle, so that all times are of one.
   */
  static Breakdown middle(List<Breakdown> measurements) {
    return measurements.stream()
        .sorted(Comparator.comparingDouble(Breakdown::inside))
        .toList()
        .get(measurements.size() / 2);
  }

  /** Milliseconds of a step that pass outside native calls. */
  public double outside() {
    return step - inside();
  }

  private double inside() {
    return calls.stream().mapToLong(CallTime::nanoseconds).sum() / MILLISECOND;
  }

  /** Everything as JSON knows it, times in milliseconds. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    for (CallKind kind : kinds()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("calls", kind.calls());
      facts.put("ms", Stopwatch.rounded(kind.milliseconds()));
      facts.put("percent", Stopwatch.rounded(100 * kind.milliseconds() / step));
      map.put(kind.name(), facts);
    }
    map.put("step_ms", Stopwatch.rounded(step));
    map.put("outside_ms", Stopwatch.rounded(outside()));
    map.put("convolution_gflops", Stopwatch.rounded(convolutionGflops()));
    map.put("convolution_gflops_alone", Stopwatch.rounded(convolutionGflopsAlone()));
    return map;
  }

  /** The kinds of calls, the most expensive first. */
  public List<CallKind> kinds() {
    Map<String, CallKind> kinds = new HashMap<>();
    for (CallTime call : calls) {
      kinds.merge(
          kind(call.operation()),
          new CallKind(kind(call.operation()), 1, call.nanoseconds() / MILLISECOND),
          (a, b) -> new CallKind(a.name, a.calls + b.calls, a.milliseconds + b.milliseconds));
    }
    return kinds.values().stream()
        .sorted(Comparator.comparingDouble(CallKind::milliseconds).reversed())
        .toList();
  }

  /** Floating-point operations of all convolutions, counted as direct ones, for each nanosecond. */
  public double convolutionGflops() {
    return gflops(calls);
  }

  /** The same for the convolutions by themselves. */
  public double convolutionGflopsAlone() {
    return gflops(alone);
  }

  private static double gflops(List<CallTime> calls) {
    List<CallTime> convolutions =
        calls.stream().filter(call -> kind(call.operation()).equals(CONVOLUTION)).toList();
    return convolutions.stream().mapToDouble(CallTime::operations).sum()
        / convolutions.stream().mapToDouble(CallTime::nanoseconds).sum();
  }

  private static String kind(String operation) {
    return switch (operation) {
      case "conv2d", "conv2d_bp", "deconv2d", "weights" -> CONVOLUTION;
      case "matmul" -> "matrix product";
      case "sum" -> "sum";
      case "reorder", "permute", "concat", "concat_bp", "assign" -> "copy";
      case "slice", "slice_bp", "tile", "tile_bp" -> "copy";
      case TrainingStep.OPTIMISER -> "Adam and average";
      default -> "elementwise and other";
    };
  }
}
