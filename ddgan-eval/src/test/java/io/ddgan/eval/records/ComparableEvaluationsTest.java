package io.ddgan.eval.records;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.Metric.Better;
import io.ddgan.api.Metric.Measure;
import io.ddgan.eval.records.EvaluationRecord.Comparison;
import io.ddgan.eval.records.EvaluationRecord.Machine;
import io.ddgan.eval.records.EvaluationRecord.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparableEvaluationsTest {

  private static final String CHAIN = "type=chain";

  @Test
  void numbersOfTheLastCheckpointsCompare() {
    MeasuredRun one = run(0, fid(10, 500, 9), fid(20, 500, 7));
    MeasuredRun other = run(1, fid(20, 500, 8));
    ComparableEvaluations equal = new ComparableEvaluations(List.of(one, other));
    assertEquals(Map.of("fid", 7.0), values(equal, one));
    assertEquals(Map.of("fid", 8.0), values(equal, other));
    assertEquals(List.of(), equal.others(one), "the way to a number is a curve");
    assertEquals(
        Map.of(10L, 9.0, 20L, 7.0), one.curve(equal.chosen().get("fid")), "of the same conditions");
  }

  @Test
  void theConditionsThatMostRunsShareAreChosenWhateverIsNewer() {
    MeasuredRun one = run(0, fid(20, 500, 7), fid(20, 10_000, 3));
    MeasuredRun other = run(1, fid(20, 500, 8));
    ComparableEvaluations equal = new ComparableEvaluations(List.of(one, other));
    assertEquals(Map.of("fid", 7.0), values(equal, one));
    assertEquals(List.of(fid(20, 10_000, 3)), equal.others(one));
  }

  @Test
  void ofConditionsThatAllShareTheNewestAreChosen() {
    MeasuredRun one = run(0, fid(20, 500, 7), fid(20, 10_000, 3));
    MeasuredRun other = run(1, fid(20, 500, 8), fid(20, 10_000, 4));
    ComparableEvaluations equal = new ComparableEvaluations(List.of(one, other));
    assertEquals(Map.of("fid", 3.0), values(equal, one));
    assertEquals(Map.of("fid", 4.0), values(equal, other));
  }

  @Test
  void aQuickLookDisplacesNothing() {
    MeasuredRun run =
        new MeasuredRun(
            List.of(fid(20, 500, 7), fid(20, 50, 9), fid(CHAIN, 3, 8)),
            20,
            Optional.empty(),
            CHAIN,
            0);
    ComparableEvaluations equal = new ComparableEvaluations(List.of(run));
    assertEquals(Map.of("fid", 7.0), values(equal, run));
    assertEquals(2, equal.others(run).size(), "of fewer samples, and of another seed");
  }

  @Test
  void numbersOfTheBestCheckpointStandApart() {
    MeasuredRun run =
        new MeasuredRun(
            List.of(fid(5, 500, 9), fid(10, 500, 6), fid(20, 500, 7)),
            20,
            Optional.of(10L),
            CHAIN,
            0);
    ComparableEvaluations equal = new ComparableEvaluations(List.of(run));
    assertEquals(Map.of("fid", 7.0), values(equal, run));
    assertEquals(List.of(fid(10, 500, 6)), equal.others(run));
  }

  @Test
  void aRunsOwnSamplerAndSeedMayDifferButNoOther() {
    MeasuredRun one =
        new MeasuredRun(List.of(fid("type=ddim", 3, 1)), 20, Optional.empty(), "type=ddim", 3);
    MeasuredRun own = new MeasuredRun(List.of(fid(CHAIN, 4, 2)), 20, Optional.empty(), CHAIN, 4);
    MeasuredRun another =
        new MeasuredRun(List.of(fid("type=ddim", 5, 3)), 20, Optional.empty(), CHAIN, 5);
    ComparableEvaluations equal = new ComparableEvaluations(List.of(one, own, another));
    assertEquals(Map.of("fid", 1.0), values(equal, one));
    assertEquals(Map.of("fid", 2.0), values(equal, own));
    assertEquals(Map.of(), values(equal, another));
    assertEquals(1, equal.others(another).size());
  }

  @Test
  void numbersOfTheMachineCompareOnOneMachineAlone() {
    MeasuredRun slow = run(0, timing("slow", 9));
    MeasuredRun fast = run(1, timing("fast", 2));
    MeasuredRun alsoFast = run(2, timing("fast", 3));
    ComparableEvaluations equal = new ComparableEvaluations(List.of(slow, fast, alsoFast));
    assertEquals(Map.of(), values(equal, slow));
    assertEquals(Map.of("seconds", 2.0), values(equal, fast));
  }

  @Test
  void realExamplesAreTheFloorOfNumbersOfTheSameConditions() {
    EvaluationRecord real = of(Subject.real(7), fid(20, 500, 0.1));
    EvaluationRecord ofFewer = of(Subject.real(7), fid(20, 100, 0.4));
    MeasuredRun run =
        new MeasuredRun(List.of(fid(20, 500, 7), real, ofFewer), 20, Optional.empty(), CHAIN, 0);
    ComparableEvaluations equal = new ComparableEvaluations(List.of(run));
    assertEquals(Map.of("fid", 7.0), values(equal, run));
    assertEquals(Map.of("fid", 0.1), equal.realBaseline());
    assertEquals(List.of(), equal.others(run));
  }

  @Test
  void ofNothingNothingCompares() {
    ComparableEvaluations equal = new ComparableEvaluations(List.of(run(0)));
    assertEquals(Map.of(), equal.chosen());
    assertEquals(Map.of(), values(equal, run(0)));
  }

  private static Map<String, Double> values(ComparableEvaluations equal, MeasuredRun run) {
    Map<String, Double> values = new TreeMap<>();
    equal.of(run).forEach((name, each) -> values.put(name, each.value()));
    return values;
  }

  private static MeasuredRun run(long seed, EvaluationRecord... records) {
    List<EvaluationRecord> own = new ArrayList<>();
    for (EvaluationRecord each : records) {
      Optional<Long> step = each.subject().checkpoint();
      own.add(of(new Subject(step, "ema", CHAIN, Optional.of(8), seed), each));
    }
    return new MeasuredRun(own, 20, Optional.empty(), CHAIN, seed);
  }

  /** The same measurement of another subject. */
  private static EvaluationRecord of(Subject subject, EvaluationRecord like) {
    return new EvaluationRecord(
        subject,
        like.settings(),
        like.measure(),
        like.value(),
        like.samples(),
        like.comparison(),
        like.machine());
  }

  private static EvaluationRecord fid(long step, int samples, double value) {
    return record(step, CHAIN, 0, "fid", samples, value, "a machine");
  }

  private static EvaluationRecord fid(String sampler, long seed, double value) {
    return record(20, sampler, seed, "fid", 500, value, "a machine");
  }

  private static EvaluationRecord timing(String machine, double value) {
    return record(20, CHAIN, 0, "seconds", 0, value, machine);
  }

  private static EvaluationRecord record(
      long step,
      String sampler,
      long seed,
      String name,
      int samples,
      double value,
      String machine) {
    return new EvaluationRecord(
        new Subject(Optional.of(step), "ema", sampler, Optional.of(8), seed),
        "type=" + name,
        new Measure(name, Better.LOWER),
        value,
        samples,
        new Comparison("features", "12ab", "data", "34cd"),
        new Machine(machine, 2));
  }
}
