package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.KebabCase;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.Parameterization;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.Phase;
import io.ddgan.api.Sampler;
import io.ddgan.api.Sampler.Step;
import io.ddgan.api.TangentRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the contract of objectives, on data with and without classes. Extend it to test those of a
 * plug-in.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ObjectiveContract {

  private static final int CLASSES = 3;

  /** Returns the objectives to test. */
  protected abstract Stream<? extends Objective> objectives();

  /**
   * Returns the components for the objectives; small networks, because many derivatives are
   * compared.
   */
  protected ObjectiveComponents parts() {
    return SmallParts.penalised();
  }

  /** Returns the shape of the test examples. */
  protected DataShape shape() {
    return DataShape.point(2);
  }

  /** Returns the forward-mode rules of the plug-in, by operation. */
  protected Map<String, TangentRule> tangentRules() {
    return Map.of();
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void phasesHaveUniqueNamesAndTrainKnownNetworksIncludingTheGenerator(Objective objective) {
    Set<String> networks = objective.networks(parts()).keySet();
    List<Phase> phases = objective.phases(parts());
    Set<String> trained = phases.stream().map(Phase::trains).collect(Collectors.toSet());
    assertTrue(trained.contains(Objective.GENERATOR), trained.toString());
    assertTrue(networks.containsAll(trained), networks.toString());
    assertFalse(networks.contains(Objective.EMA), "the EMA must not be a separate network");
    Set<String> names = phases.stream().map(Phase::name).collect(Collectors.toSet());
    assertEquals(phases.size(), names.size(), names.toString());
    Stream.of(networks, names)
        .flatMap(Set::stream)
        .forEach(name -> assertTrue(KebabCase.matches(name), name));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void phasesUseTheirNetworksAndHaveCorrectGradients(Objective objective) {
    for (int classes : new int[] {0, CLASSES}) {
      for (boolean isDue : new boolean[] {true, false}) {
        try (PhaseCheck check = check(objective, classes, isDue)) {
          for (Phase phase : objective.phases(parts())) {
            check.assertUsesWhatItTrains(phase);
            check.assertFinite(phase);
            check.assertGradientEqualsDifferences(phase);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void phasesReportUniqueColumns(Objective objective) {
    try (PhaseCheck check = check(objective, 0, true)) {
      List<String> columns =
          objective.phases(parts()).stream()
              .flatMap(phase -> check.columns(phase).stream())
              .toList();
      columns.forEach(column -> assertTrue(KebabCase.matches(column), column));
      assertEquals(columns.size(), Set.copyOf(columns).size(), columns.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void samplesWithTheTrainedGenerator(Objective objective) {
    for (int classes : new int[] {0, CLASSES}) {
      try (PhaseCheck check = check(objective, classes, true)) {
        check.assertSamplesWithTheTrainedParameters();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void samplerStepsEndWithoutNoise(Objective objective) {
    List<Step> path = objective.samplerSteps(new Chain(), parts());
    assertFalse(path.isEmpty());
    for (Step evaluation : path) {
      Coefficients next = evaluation.coefficients();
      assertTrue(
          evaluation.t() >= 0
              && evaluation.t() < parts().process().steps()
              && Double.isFinite(next.output())
              && Double.isFinite(next.xtp1())
              && next.noise() >= 0
              && Double.isFinite(next.noise()),
          evaluation.toString());
    }
    assertEquals(0, path.get(path.size() - 1).coefficients().noise(), 1e-6);
    assertEquals(
        path, objective.samplerSteps(new Chain(), parts()), "sampler steps differ between calls");
  }

  private PhaseCheck check(Objective objective, int classes, boolean isDue) {
    return new PhaseCheck(objective, parts(), tangentRules(), shape(), classes, isDue);
  }

  /** A sampler that takes every step once. */
  private record Chain() implements Sampler {

    @Override
    public List<Step> steps(DiffusionProcess process, Parameterization parameterization) {
      return IntStream.iterate(process.steps() - 1, t -> t >= 0, t -> t - 1)
          .mapToObj(t -> new Step(t, parameterization.reverseStep(process, t)))
          .toList();
    }
  }
}
