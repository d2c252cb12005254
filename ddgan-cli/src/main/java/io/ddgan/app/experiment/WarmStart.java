package io.ddgan.app.experiment;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.app.models.Models;
import io.ddgan.config.ConfigurationException;
import io.ddgan.internal.config.PathName;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.RunCheckpoints;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.importing.InitialWeights;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checkpoint of a run that another begins with.
 *
 * @param run the run's folder
 * @param step steps that were done
 * @param hash SHA-256 of what the checkpoint says of its files
 */
public record WarmStart(Path run, long step, String hash) {

  /** The key of an experiment that says with whose weights it begins. */
  public static final String KEY = "init-from";

  private static final Pattern NAMED = Pattern.compile("(.+)@(\\d{1,18}|latest|best)");
  private static final String RUN = "run";
  private static final String STEP = "step";
  private static final String HASH = "sha256";

  /**
   * Finds a checkpoint.
   *
   * @param named the run's folder or the name of a model, with or without the checkpoint: {@code
   *     runs/a}, {@code runs/a@400}, {@code runs/a@best}
   * @throws IOException if there is no such run or checkpoint; the message says what there is
   */
  public static WarmStart named(String named) throws IOException {
    Matcher matcher = NAMED.matcher(named);
    boolean hasStep = !new RunFolder(PathName.of(named)).isRun() && matcher.matches();
    Path run = Path.of(hasStep ? matcher.group(1) : named);
    RunFolder folder = new RunFolder(Models.ofDistribution().resolve(run));
    folder.requireRun();
    RunCheckpoints checkpoints = RunCheckpoints.of(folder);
    String which = hasStep ? matcher.group(2) : "latest";
    long step =
        switch (which) {
          case "latest" -> checkpoints.latest();
          case "best" -> checkpoints.best();
          default -> Long.parseLong(which);
        };
    return new WarmStart(folder.root(), step, checkpoints.hash(step));
  }

  /**
   * Weights to begin with.
   *
   * @param checkpoint one of step 0 that has them
   */
  public record Loaded(WarmStart source, Checkpoint checkpoint) {}

  /**
   * Loads the weights that the experiment names, if it does.
   *
   * @param shape shape of the data
   * @param classes number of classes of the data, 0 if it has none
   * @throws ConfigurationException if a key of the networks has no effect, or the weights are not
   *     there or do not suit the networks
   * @throws IOException if they are damaged
   */
  public static Optional<Loaded> load(Setup setup, DataShape shape, int classes)
      throws IOException {
    setup.requireEffect(shape);
    Optional<String> name = setup.experiment().initFrom();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    WarmStart source;
    try {
      source = named(name.get());
    } catch (IOException | RefusedException e) {
      throw ConfigurationException.of(KEY, e);
    }
    try {
      return Optional.of(new Loaded(source, source.begin(setup, shape, classes)));
    } catch (RefusedException e) {
      throw ConfigurationException.of(KEY, e);
    }
  }

  /** What there is to tell of a run that begins with it. */
  public String text() {
    return "begins with the weights of step %,d of %s".formatted(step, run);
  }

  /** The checkpoint as the option {@code --init-from} names it. */
  public String name() {
    return run + "@" + step;
  }

  /** The checkpoint of step 0 of an experiment that begins with it; nothing else is read. */
  private Checkpoint begin(Setup setup, DataShape shape, int classes) throws IOException {
    Checkpoint learnt =
        RunCheckpoints.of(new RunFolder(run))
            .load(step, parts -> InitialWeights.wanted(setup, parts));
    return InitialWeights.of(setup, shape, classes, learnt, run.toString());
  }

  /** What the provenance of the run that begins with it says. */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put(RUN, run.toString());
    facts.put(STEP, step);
    facts.put(HASH, hash);
    return facts;
  }

  /**
   * What a provenance says, once it is found to be still so.
   *
   * @throws RefusedException if the checkpoint is another one by now
   */
  public static WarmStart of(Map<?, ?> facts) throws IOException {
    WarmStart recorded =
        new WarmStart(
            Path.of(String.valueOf(facts.get(RUN))),
            Long.parseLong(String.valueOf(facts.get(STEP))),
            String.valueOf(facts.get(HASH)));
    if (!named(recorded.name()).equals(recorded)) {
      throw new RefusedException(
          "the checkpoint of step %d of %s is not the one that the run began with: its SHA-256 is different"
              .formatted(recorded.step(), recorded.run()));
    }
    return recorded;
  }
}
