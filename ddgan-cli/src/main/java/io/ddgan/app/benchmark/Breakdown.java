package io.ddgan.app.benchmark;

import io.ddgan.engine.CallTime;
import io.ddgan.train.step.TrainingStep;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The breakdown of the time of a step into native calls.
 *
 * @param step milliseconds of the step
 * @param calls times of its calls, measured one by one right after it
 */
public record Breakdown(double step, List<CallTime> calls) {

  private static final double MILLISECOND = 1e6;
  private static final String CONVOLUTION = "convolution";

  /** Returns the median of several measurements, with all times from one measurement. */
  static Breakdown middle(List<Breakdown> measurements) {
    return measurements.stream()
        .sorted(Comparator.comparingDouble(each -> milliseconds(each.calls)))
        .toList()
        .get(measurements.size() / 2);
  }

  /**
   * Returns the kinds of calls, the most expensive first; the step and the time outside native
   * calls, in milliseconds; and the operations of all convolutions, counted as direct ones, per
   * nanosecond.
   */
  public Map<String, Object> toMap() {
    Map<String, List<CallTime>> kinds =
        calls.stream().collect(Collectors.groupingBy(call -> kind(call.operation())));
    Comparator<Map.Entry<String, List<CallTime>>> cost =
        Comparator.comparingDouble(kind -> milliseconds(kind.getValue()));
    Map<String, Object> map = new LinkedHashMap<>();
    kinds.entrySet().stream()
        .sorted(cost.reversed())
        .forEach(kind -> map.put(kind.getKey(), facts(kind.getValue())));
    map.put("step_ms", rounded(step));
    map.put("outside_ms", rounded(step - milliseconds(calls)));
    List<CallTime> convolutions = kinds.getOrDefault(CONVOLUTION, List.of());
    double operations = convolutions.stream().mapToDouble(CallTime::operations).sum();
    map.put("convolution_gflops", rounded(operations / (milliseconds(convolutions) * MILLISECOND)));
    return map;
  }

  private Map<String, Object> facts(List<CallTime> kind) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("calls", kind.size());
    facts.put("ms", rounded(milliseconds(kind)));
    facts.put("percent", rounded(100 * milliseconds(kind) / step));
    return facts;
  }

  private static double milliseconds(List<CallTime> calls) {
    return calls.stream().mapToLong(CallTime::nanoseconds).sum() / MILLISECOND;
  }

  /** Rounds to one decimal. */
  static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
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
