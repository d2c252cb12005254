package io.ddgan.train.experiment;

import io.ddgan.api.Augmentation;
import io.ddgan.api.DataShape;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.OpenDataset;
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
import io.ddgan.train.phase.AdaptiveValues;
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

/** An experiment with its components assembled. */
public final class Setup {

  /** Names of other parts of checkpoints, not available to networks. */
  private static final List<String> TAKEN =
      List.of(Objective.EMA, Checkpoint.EMA, AdaptiveValues.PART);

  private final Experiment experiment;
  private final ObjectiveComponents components;
  private final Map<String, TangentRule> tangentRules;
  private final Engine engine;
  private final Map<ModelDefinition, ModelDefinition.Used> used = new ConcurrentHashMap<>();

  /**
   * Assembles the components of an experiment.
   *
   * @param tangentRules the plug-ins' forward-mode rules, by the operation's name
   * @throws ConfigurationException if a component that the objective needs is missing
   */
  public Setup(
      Experiment experiment, DiffusionProcess process, Map<String, TangentRule> tangentRules) {
    this.experiment = experiment;
    this.tangentRules = tangentRules;
    this.engine = refusingAt("executor", experiment.executor()::createEngine);
    this.components =
        new ObjectiveComponents(
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
          "an objective needs a network named %s and at least one phase, and the names %s are reserved; this one has the networks %s and %d phases"
              .formatted(Objective.GENERATOR, TAKEN, networks, phases));
    }
  }

  private Map<String, Network> networks() {
    return experiment.objective().networks(components);
  }

  /** Adds the key to refusals of its value. */
  private static <T> T refusingAt(String key, Supplier<T> work) {
    try {
      return work.get();
    } catch (RefusedException e) {
      throw ConfigurationException.of(key, e);
    }
  }

  public Experiment experiment() {
    return experiment;
  }

  /** Returns the configured components, without the objective. */
  public ObjectiveComponents components() {
    return components;
  }

  /** Returns the engine that runs the plans. */
  public Engine engine() {
    return engine;
  }

  /** Opens the data set. */
  public OpenDataset open() throws IOException {
    return Fingerprinted.of(experiment.data());
  }

  /** Returns the codec for data of a shape. */
  public DataCodec codec(DataShape data) {
    return new DataCodec(experiment.representation(), data);
  }

  /**
   * Returns the model to train on data of a shape.
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
   * Returns the parameters and adaptive numbers that a model's losses use, for batches of the
   * micro-batch size. The result is cached, as large networks take seconds.
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
          "%d micro-batches of a batch of %d do not work: %s"
              .formatted(shards, model.batch(), e.getMessage());
      throw new ConfigurationException(Problem.of("training.micro-batches", message), e);
    }
  }

  /**
   * Checks, before any training, that the components suit each other and the data.
   *
   * @throws ConfigurationException if networks, representation or sampler do not suit, or there is
   *     not enough memory for networks and batches; the message names the key
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

  /** Returns whether the generator is conditional on the classes of the data. */
  public boolean isConditional(OpenDataset data) {
    return model(data.shape(), classes(data)).isConditional();
  }

  /** Checks that all keys of the networks have an effect, before a new training begins. */
  public void requireEffect(DataShape data) {
    DataShape encoded = encoded(data);
    networks().forEach((name, network) -> check(name, () -> network.requireEffect(encoded)));
  }

  /** Returns the number of classes of some examples, 0 if they have none. */
  public static int classes(OpenDataset data) {
    return data.labels().map(labels -> labels.classes()).orElse(0);
  }

  /** Returns whether the objective has a discriminator. */
  public boolean hasDiscriminator() {
    return networks().containsKey(Objective.DISCRIMINATOR);
  }

  /** Returns the sampler steps from noise to examples. */
  public List<Step> samplerSteps() {
    int steps = components.process().steps();
    List<Step> path =
        refusingAt(
            "sampler", () -> experiment.objective().samplerSteps(experiment.sampler(), components));
    if (path.isEmpty() || path.stream().anyMatch(evaluation -> evaluation.t() >= steps)) {
      throw new IllegalArgumentException(
          "a sampler must have steps, at times from 0 to %d; got %s"
              .formatted(steps - 1, path.stream().map(Step::t).toList()));
    }
    return path;
  }
}
