package io.ddgan.train.experiment;

import io.ddgan.api.AdversarialLoss;
import io.ddgan.api.Augmentation;
import io.ddgan.api.DataShape;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Discriminator;
import io.ddgan.api.Examples;
import io.ddgan.api.Executor;
import io.ddgan.api.Generator;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.KebabCase;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.Parts;
import io.ddgan.api.Phase;
import io.ddgan.api.RefusedException;
import io.ddgan.api.ReverseStep;
import io.ddgan.api.Sampler.Evaluation;
import io.ddgan.api.TangentRule;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.NativeMemory;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.phase.AdaptiveNumbers;
import io.ddgan.train.phase.Freeze;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.picture.Pictures;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An experiment with its parts put together. */
public final class Setup implements Parts {

  private final Experiment experiment;
  private final DiffusionProcess process;
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
    this.process = process;
    this.tangentRules = tangentRules;
    this.engine = start(experiment.executor());
    try {
      Objective objective = experiment.objective();
      Map<String, Network> networks = objective.networks(this);
      List<Phase> phases = objective.phases(this);
      if (!networks.containsKey(Objective.GENERATOR) || phases.isEmpty()) {
        throw new IllegalArgumentException(
            "an objective has a network named %s and at least one phase, but this one has %s and %d phases"
                .formatted(Objective.GENERATOR, networks.keySet(), phases.size()));
      }
      networks.keySet().forEach(Setup::requireName);
    } catch (RefusedException e) {
      throw ConfigurationException.of("objective", e);
    }
  }

  private static Engine start(Executor executor) {
    try {
      return executor.start();
    } catch (RefusedException e) {
      throw ConfigurationException.of("executor", e);
    }
  }

  private static void requireName(String name) {
    List<String> taken = List.of(Objective.AVERAGE, Checkpoint.AVERAGE, AdaptiveNumbers.PART);
    if (taken.contains(name) || !KebabCase.matches(name)) {
      throw new IllegalArgumentException(
          "a network or phase of the objective cannot be named '%s': write it in kebab-case, and not %s, %s or %s"
              .formatted(name, taken.get(0), taken.get(1), taken.get(2)));
    }
  }

  /** The configuration. */
  public Experiment experiment() {
    return experiment;
  }

  /** What runs the plans. */
  public Engine engine() {
    return engine;
  }

  @Override
  public DiffusionProcess process() {
    return process;
  }

  @Override
  public ReverseStep reverse() {
    return experiment.reverse();
  }

  @Override
  public Generator generator() {
    return experiment.generator();
  }

  @Override
  public Optional<Discriminator> discriminator() {
    return experiment.discriminator();
  }

  @Override
  public Optional<AdversarialLoss> loss() {
    return experiment.loss();
  }

  @Override
  public List<GradientPenalty> penalties() {
    return experiment.penalty();
  }

  @Override
  public List<Augmentation> augmentations() {
    return experiment.augmentation();
  }

  /**
   * Opens the data set.
   *
   * @throws IOException if a file is missing or damaged; the message names it
   */
  public Examples open() throws IOException {
    return experiment.data().open();
  }

  /** What the networks see of data of this shape. */
  public Coding coding(DataShape data) {
    return new Coding(experiment.representation(), data);
  }

  /**
   * What is trained on data of this shape.
   *
   * @param classes number of classes of the data, 0 if it has none
   * @throws ConfigurationException if the representation or an augmentation does not suit the data
   */
  public ModelDefinition model(DataShape data, int classes) {
    DataShape encoded = encoded(data);
    for (Augmentation augmentation : experiment.augmentation()) {
      try {
        augmentation.check(data, encoded);
      } catch (RefusedException e) {
        throw ConfigurationException.of("augmentation", e);
      }
    }
    return new ModelDefinition(
        experiment.objective(),
        this,
        tangentRules,
        engine,
        encoded,
        classes,
        experiment.training().batch(),
        new Freeze(experiment.training().freeze()));
  }

  private DataShape encoded(DataShape data) {
    try {
      return coding(data).encoded();
    } catch (RefusedException e) {
      throw ConfigurationException.of("representation", e);
    }
  }

  /**
   * What a model's losses use, of networks that are given as many examples at once as the parts of
   * a batch have. It is found out once for each model, as large networks take seconds.
   *
   * @throws ConfigurationException if a network cannot work on them; the message says why
   */
  public ModelDefinition.Used used(ModelDefinition model) {
    return used.computeIfAbsent(model, this::findUsed);
  }

  private ModelDefinition.Used findUsed(ModelDefinition model) {
    int parts = experiment.training().shards();
    if (parts == 1) {
      return model.used();
    }
    try {
      return model.withBatch(model.batch() / parts).used();
    } catch (ConfigurationException e) {
      Map<String, ParameterLayout> unused =
          model.used().layouts(); // throws if the whole does not suit
      String message =
          "%d divides a batch of %d into parts that do not suit: %s"
              .formatted(parts, model.batch(), e.getMessage());
      throw new ConfigurationException(Problem.of("training.shards", message), e);
    }
  }

  /**
   * Finds out, before anything is trained, whether all parts suit each other and the data.
   *
   * @param classes number of classes of the data, 0 if it has none
   * @throws ConfigurationException if networks, representation or sampler do not suit, or there can
   *     be no memory for the networks and their batches; the message names the key
   */
  public Map<String, ParameterLayout> check(DataShape data, int classes) {
    ModelDefinition model = model(data, classes);
    Map<String, ParameterLayout> layouts = used(model).layouts();
    new LeastMemory(model, layouts, experiment.training())
        .requireWithin(NativeMemory.now(), Runtime.getRuntime().maxMemory());
    requirePicture(data);
    List<Evaluation> unused = path(); // throws if the sampler does not suit
    return layouts;
  }

  private void requirePicture(DataShape data) {
    if (experiment.training().sampleEvery() > 0 && Pictures.canShow(data)) {
      try {
        Pictures.plain(data).requireRoom(experiment.training().sampleCount());
      } catch (RefusedException e) {
        throw ConfigurationException.of("training.sample-count", e);
      }
    }
  }

  /** Whether the generator looks at the classes of the data. */
  public boolean isConditional(Examples data) {
    return model(data.shape(), classes(data)).isConditional();
  }

  /**
   * Checks that all keys of the networks have an effect, before a new training begins.
   *
   * @param data shape of an example of the data
   * @throws ConfigurationException if one has not; the message names it
   */
  public void requireEffect(DataShape data) {
    DataShape encoded = encoded(data);
    experiment
        .objective()
        .networks(this)
        .forEach(
            (name, network) -> {
              try {
                network.requireEffect(encoded);
              } catch (RefusedException e) {
                throw ConfigurationException.of(name, e);
              }
            });
  }

  /** Number of classes of some examples, 0 if they have none. */
  public static int classes(Examples data) {
    return data.labels().map(labels -> labels.classes()).orElse(0);
  }

  /** Whether the objective has a discriminator. */
  public boolean hasDiscriminator() {
    return experiment.objective().networks(this).containsKey(Objective.DISCRIMINATOR);
  }

  /**
   * The way from noise to examples.
   *
   * @throws ConfigurationException if the sampler does not suit the experiment
   */
  public List<Evaluation> path() {
    try {
      Objective objective = experiment.objective();
      List<Evaluation> path = objective.path(experiment.sampler(), this);
      if (path.isEmpty() || path.stream().anyMatch(e -> e.t() >= process.steps())) {
        throw new IllegalArgumentException(
            "a path has evaluations, at times from 0 to %d, and this one has them at %s"
                .formatted(process.steps() - 1, path.stream().map(Evaluation::t).toList()));
      }
      return path;
    } catch (RefusedException e) {
      throw ConfigurationException.of("sampler", e);
    }
  }
}
