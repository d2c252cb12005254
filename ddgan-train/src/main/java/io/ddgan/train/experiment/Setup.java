package io.ddgan.train.experiment;

import io.ddgan.api.Augmentation;
import io.ddgan.api.DataShape;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Examples;
import io.ddgan.api.ExperimentComponents;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Sampler.Step;
import io.ddgan.api.TangentRule;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.NativeMemory;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.data.Fingerprinted;
import io.ddgan.train.phase.AdaptiveNumbers;
import io.ddgan.train.phase.Freeze;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.picture.SampleRenderer;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** An experiment with its parts put together. */
public final class Setup {

  /** What networks cannot be named, as other parts of a checkpoint are. */
  private static final List<String> TAKEN =
      List.of(Objective.EMA, Checkpoint.EMA, AdaptiveNumbers.PART);

  private final Experiment experiment;
  private final ExperimentComponents components;
  private final Map<String, TangentRule> tangentRules;
  private final Engine engine;
  private final Map<ModelDefinition, ModelDefinition.Used> used = new ConcurrentHashMap<>();

  /**
   * Takes the parts that an experiment was assembled from.
   *
   * @param tangentRules the plug-ins' forward-mode rules, by the operation's name
   * @throws ConfigurationException if a part is missing that the objective needs
   */
  public Setup(
      Experiment experiment, DiffusionProcess process, Map<String, TangentRule> tangentRules) {
    this.experiment = experiment;
    this.tangentRules = tangentRules;
    this.engine = refusingAt("executor", experiment.executor()::start);
    this.components =
        new ExperimentComponents(
            process,
            experiment.parameterization(),
            experiment.generator(),
            experiment.discriminator(),
            experiment.loss(),
            experiment.penalty(),
            experiment.augmentation());
    Set<String> networks = refusingAt("objective", this::networks).keySet();
    int phases = refusingAt("objective", () -> experiment.objective().phases(components)).size();
    if (!networks.contains(Objective.GENERATOR)
        || !Collections.disjoint(networks, TAKEN)
        || phases == 0) {
      throw new IllegalArgumentException(
          "an objective has a network named %s, none named one of %s, and at least one phase, but this one has %s and %d phases"
              .formatted(Objective.GENERATOR, TAKEN, networks, phases));
    }
  }

  private Map<String, Network> networks() {
    return experiment.objective().networks(components);
  }

  /** Names the key whose value is refused. */
  private static <T> T refusingAt(String key, Supplier<T> work) {
    try {
      return work.get();
    } catch (RefusedException e) {
      throw ConfigurationException.of(key, e);
    }
  }

  /** The configuration. */
  public Experiment experiment() {
    return experiment;
  }

  /** What is configured besides the objective. */
  public ExperimentComponents components() {
    return components;
  }

  /** What runs the plans. */
  public Engine engine() {
    return engine;
  }

  /** Opens the data set. */
  public Examples open() throws IOException {
    return Fingerprinted.of(experiment.data());
  }

  /** What the networks see of data of this shape. */
  public DataCodec codec(DataShape data) {
    return new DataCodec(experiment.representation(), data);
  }

  /**
   * What is trained on data of this shape.
   *
   * @throws ConfigurationException if the representation or an augmentation does not suit the data
   */
  public ModelDefinition model(DataShape data, int classes) {
    DataShape encoded = encoded(data);
    for (Augmentation augmentation : experiment.augmentation()) {
      check("augmentation", () -> augmentation.check(data, encoded));
    }
    return new ModelDefinition(
        experiment.objective(),
        components,
        tangentRules,
        engine,
        encoded,
        classes,
        experiment.training().batchSize(),
        new Freeze(experiment.training().freeze()));
  }

  private DataShape encoded(DataShape data) {
    return refusingAt("representation", () -> codec(data).encoded());
  }

  /**
   * What a model's losses use, of networks that are given as many examples at once as the parts of
   * a batch have. It is found out once for each model, as large networks take seconds.
   */
  public ModelDefinition.Used used(ModelDefinition model) {
    return used.computeIfAbsent(model, this::findUsed);
  }

  private ModelDefinition.Used findUsed(ModelDefinition model) {
    int shards = experiment.training().microBatches();
    try {
      return model.withBatch(model.batch() / shards).used();
    } catch (ConfigurationException e) {
      ModelDefinition.Used unused = model.used(); // throws if the whole does not suit
      String message =
          "%d divides a batch of %d into parts that do not suit: %s"
              .formatted(shards, model.batch(), e.getMessage());
      throw new ConfigurationException(Problem.of("training.micro-batches", message), e);
    }
  }

  /**
   * Finds out, before anything is trained, whether all parts suit each other and the data.
   *
   * @throws ConfigurationException if networks, representation or sampler do not suit, or there can
   *     be no memory for the networks and their batches; the message names the key
   */
  public Map<String, ParameterLayout> check(DataShape data, int classes) {
    ModelDefinition model = model(data, classes);
    Map<String, ParameterLayout> layouts = used(model).layouts();
    new MinimumMemory(model, layouts, experiment.training())
        .requireWithin(NativeMemory.now(), Runtime.getRuntime().maxMemory());
    requirePicture(data);
    List<Step> unused = samplerSteps(); // throws if the sampler does not suit
    return layouts;
  }

  private static void check(String key, Runnable check) {
    boolean unused =
        refusingAt(
            key,
            () -> {
              check.run();
              return true;
            });
  }

  private void requirePicture(DataShape data) {
    if (experiment.training().sampleEvery() > 0 && SampleRenderer.canShow(data)) {
      int count = experiment.training().sampleCount();
      check("training.sample-count", () -> SampleRenderer.plain(data).requireRoom(count));
    }
  }

  /** Whether the generator looks at the classes of the data. */
  public boolean isConditional(Examples data) {
    return model(data.shape(), classes(data)).isConditional();
  }

  /** Checks that all keys of the networks have an effect, before a new training begins. */
  public void requireEffect(DataShape data) {
    DataShape encoded = encoded(data);
    networks().forEach((name, network) -> check(name, () -> network.requireEffect(encoded)));
  }

  /** Number of classes of some examples, 0 if they have none. */
  public static int classes(Examples data) {
    return data.labels().map(labels -> labels.classes()).orElse(0);
  }

  /** Whether the objective has a discriminator. */
  public boolean hasDiscriminator() {
    return networks().containsKey(Objective.DISCRIMINATOR);
  }

  /** The way from noise to examples. */
  public List<Step> samplerSteps() {
    int steps = components.process().steps();
    List<Step> path =
        refusingAt(
            "sampler", () -> experiment.objective().samplerSteps(experiment.sampler(), components));
    if (path.isEmpty() || path.stream().anyMatch(evaluation -> evaluation.t() >= steps)) {
      throw new IllegalArgumentException(
          "a path has evaluations, at times from 0 to %d, and this one has them at %s"
              .formatted(steps - 1, path.stream().map(Step::t).toList()));
    }
    return path;
  }
}
