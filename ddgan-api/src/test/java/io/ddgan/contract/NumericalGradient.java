package io.ddgan.contract;

import io.ddgan.api.DataShape;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.TangentRule;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.ForwardMode;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.graph.ReverseMode;
import io.ddgan.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Compares gradients with central differences in double precision. Parameters and inputs with
 * gradients of similar size are compared together along a random direction and, if that fails, one
 * by one.
 */
public final class NumericalGradient {

  private static final RandomStreams RANDOM = new RandomStreams(20220425);

  /** A small step, which rarely crosses the kink of a leaky ReLU. */
  private static final double STEP = 1e-6;

  private static final int ATTEMPTS = 4;

  /**
   * Maximum ratio of sizes at which a relative error of 0.001 in any gradient shows in their sum.
   */
  private static final double SAME_SIZE = 10;

  private static final double RELATIVE = 1e-6;

  /** Rounding error of a value, relative to it and divided by the step. */
  private static final double ROUNDING = 1e-8;

  private static final String NETWORK = "network";

  private NumericalGradient() {}

  /** Adds a network to a graph and returns what to differentiate. */
  public interface Problem {
    /**
     * Adds the network.
     *
     * @param inputs the inputs by name
     */
    Objective objective(ParameterScope p, Map<String, SDVariable> inputs);
  }

  /**
   * A value and the gradient to compare.
   *
   * @param value the scalar to take differences of
   * @param surrogate the scalar whose gradient must equal the value's
   * @param constants variables through which no gradient of the surrogate flows
   */
  public record Objective(SDVariable value, SDVariable surrogate, Set<SDVariable> constants) {}

  /** Returns the scalar product of an output {@code [N, ...shape]} with random numbers. */
  public static Objective weighted(ParameterScope p, SDVariable output, long... shape) {
    INDArray weights = Nd4j.zeros(DataType.DOUBLE, withBatch(p.batch(), shape));
    fill(weights, 1, RANDOM.stream("cotangent"));
    SDVariable sum = output.mul(p.sameDiff().constant(weights.castTo(p.dataType()))).sum();
    return new Objective(sum, sum, Set.of());
  }

  /**
   * Fails unless all gradients of a problem equal its differences.
   *
   * @param shape shape of one example
   * @param inputs shape of each input, without the batch
   */
  public static void check(
      DataShape shape, int batch, Map<String, long[]> inputs, Problem problem) {
    check(shape, 0, batch, inputs, problem);
  }

  /**
   * Checks a problem on data with classes.
   *
   * @param classes number of classes of the data, 0 if it has none
   */
  public static void check(
      DataShape shape, int classes, int batch, Map<String, long[]> inputs, Problem problem) {
    new Comparison(shape, classes, batch, inputs, inputs.keySet(), problem).check();
  }

  /** Checks only the gradients of the parameters. */
  public static void checkParameters(
      DataShape shape, int classes, int batch, Map<String, long[]> inputs, Problem problem) {
    new Comparison(shape, classes, batch, inputs, Set.of(), problem).check();
  }

  private record Comparison(
      DataShape shape,
      int classes,
      int batch,
      Map<String, long[]> inputs,
      Set<String> differentiated,
      Problem problem) {

    void check() {
      ParameterLayout layout = ParameterLayout.of(shape, 1, classes, this::declare);
      try (ParameterSet weights = ParameterSet.zeros(layout, DataType.DOUBLE);
          ParameterSet gradient = ParameterSet.zeros(layout, DataType.DOUBLE);
          CompiledPlan value = plan(weights, gradient, false);
          CompiledPlan derivative = plan(weights, gradient, true)) {
        randomise(weights);
        inputs.forEach((name, s) -> fill(value.input(name), 1, RANDOM.stream("input/" + name)));
        inputs.forEach((name, s) -> derivative.input(name).assign(value.input(name)));
        value.drawDropout(RANDOM);
        derivative.drawDropout(RANDOM);
        derivative.run();

        List<Place> places = new ArrayList<>();
        for (ParameterLayout.Entry entry : layout.entries()) {
          if (entry.isTrained()) {
            String name = entry.name();
            places.add(new Place(name, weights.view(name), gradient.view(name)));
          }
        }
        for (String name : differentiated) {
          places.add(new Place(name, value.input(name), derivative.output(gradientOf(name))));
        }
        compare(
            places,
            () -> {
              value.run();
              return value.output("value").getDouble(0);
            });
      }
    }

    private void declare(ParameterScope p) {
      Map<String, SDVariable> placeholders = new LinkedHashMap<>();
      inputs.forEach(
          (name, s) ->
              placeholders.put(
                  name, p.sameDiff().placeHolder(name, p.dataType(), withBatch(1, s))));
      problem.objective(p, placeholders);
    }

    private CompiledPlan plan(ParameterSet weights, ParameterSet gradient, boolean differentiate) {
      Graph graph = new Graph(DataType.DOUBLE, batch, shape, classes, true);
      Map<String, SDVariable> variables = new LinkedHashMap<>();
      inputs.forEach((name, s) -> variables.put(name, graph.input(name, withBatch(batch, s))));
      ParameterScope scope = graph.network(NETWORK, weights.layout());
      Objective objective = problem.objective(scope, variables);
      CompiledPlan.Builder plan = CompiledPlan.of(graph).parameters(NETWORK, weights);
      if (!differentiate) {
        return plan.output("value", objective.value()).build();
      }
      plan.gradients(NETWORK, objective.surrogate(), objective.constants(), gradient);
      variables.keySet().retainAll(differentiated);
      Map<SDVariable, SDVariable> gradients =
          new ReverseMode(graph.sameDiff())
              .gradients(objective.value(), variables.values(), Set.of());
      for (SDVariable input : variables.values()) {
        SDVariable independent = graph.sameDiff().zerosLike(input);
        plan.output(gradientOf(input.name()), gradients.getOrDefault(input, independent));
      }
      return plan.build();
    }
  }

  /**
   * Returns the squared norm of the gradient of logits by x, as in R1, differentiable by
   * forward-mode rules.
   *
   * @param rules the rules of a plug-in
   */
  static Objective penalty(
      ParameterScope p, SDVariable logits, SDVariable x, Map<String, TangentRule> rules) {
    SameDiff sd = p.sameDiff();
    ReverseMode reverse = new ReverseMode(sd);
    SDVariable v = reverse.gradients(logits.sum(), List.of(x), Set.of()).get(x);
    SDVariable penalty = sd.math().square(v).sum().div(p.batch());
    SDVariable w = reverse.gradients(penalty, List.of(v), Set.of()).get(v);
    SDVariable surrogate = new ForwardMode(sd, rules).product(logits, x, w, Set.of()).sum();
    return new Objective(penalty, surrogate, Set.of(w));
  }

  /**
   * A point to take differences at.
   *
   * @param gradient the gradient to verify
   */
  record Place(String name, INDArray point, INDArray gradient) {}

  /**
   * Fails unless the gradients at all points equal differences.
   *
   * @param value computes the value at the current points
   */
  static void compare(List<Place> places, Supplier<Double> value) {
    Map<Long, List<Place>> bySize =
        places.stream().collect(Collectors.groupingBy(NumericalGradient::size));
    for (List<Place> alike : bySize.values()) {
      if (difference(alike, 0, value).isPresent()) {
        alike.forEach(place -> compare(place, value));
      }
    }
  }

  private static long size(Place place) {
    double norm = place.gradient().norm2Number().doubleValue();
    return Math.round(Math.log(Math.max(norm, ROUNDING)) / Math.log(SAME_SIZE));
  }

  /** Tries several directions: a wrong gradient fails in all of them, a kink only in few. */
  private static void compare(Place place, Supplier<Double> value) {
    Optional<String> difference = difference(List.of(place), 0, value);
    for (int attempt = 1; difference.isPresent() && attempt < ATTEMPTS; attempt++) {
      difference = difference(List.of(place), attempt, value);
    }
    difference.ifPresent(Assertions::fail);
  }

  /** Returns a message if gradients and differences along a direction disagree. */
  private static Optional<String> difference(
      List<Place> places, int attempt, Supplier<Double> value) {
    List<INDArray> directions = new ArrayList<>();
    List<INDArray> origins = new ArrayList<>();
    double actual = 0;
    for (Place place : places) {
      INDArray direction = Nd4j.zeros(DataType.DOUBLE, place.point().shape());
      fill(direction, 1, RANDOM.stream("direction/" + place.name() + "/" + attempt));
      directions.add(direction);
      origins.add(place.point().dup());
      actual += place.gradient().mul(direction).sumNumber().doubleValue();
    }
    double above = at(places, origins, directions, STEP, value);
    double below = at(places, origins, directions, -STEP, value);
    at(places, origins, directions, 0, () -> 0.0);
    double expected = (above - below) / (2 * STEP);
    double allowed = ROUNDING * Math.abs(above) + RELATIVE * Math.abs(expected);
    if (Math.abs(expected - actual) <= allowed) {
      return Optional.empty();
    }
    String names = places.stream().map(Place::name).collect(Collectors.joining(", "));
    return Optional.of(
        "%s: the gradient is %.10g, but differences give %.10g".formatted(names, actual, expected));
  }

  private static double at(
      List<Place> places,
      List<INDArray> origins,
      List<INDArray> directions,
      double step,
      Supplier<Double> value) {
    for (int i = 0; i < places.size(); i++) {
      places.get(i).point().assign(origins.get(i)).addi(directions.get(i).mul(step));
    }
    return value.get();
  }

  /**
   * Makes weights large enough for all layers to matter; layers initialised near zero would hide
   * later ones.
   */
  static void randomise(ParameterSet weights) {
    for (ParameterLayout.Entry entry : weights.layout().entries()) {
      double fanIn = (double) entry.size() / entry.shape().get(0);
      double scale = entry.shape().size() > 1 ? 1 / Math.sqrt(fanIn) : 0.5;
      fill(weights.view(entry.name()), scale, RANDOM.stream(entry.name()));
    }
  }

  private static void fill(INDArray array, double scale, RandomGenerator random) {
    double[] values = new double[Math.toIntExact(array.length())];
    Arrays.setAll(values, i -> scale * random.nextGaussian());
    array.assign(Nd4j.createFromArray(values).reshape(array.shape()));
  }

  private static String gradientOf(String input) {
    return "gradient of " + input;
  }

  private static long[] withBatch(int batch, long... shape) {
    long[] all = new long[shape.length + 1];
    all[0] = batch;
    System.arraycopy(shape, 0, all, 1, shape.length);
    return all;
  }
}
