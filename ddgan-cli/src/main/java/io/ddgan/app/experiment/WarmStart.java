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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The checkpoint that another run starts from.
 *
 * @param run the run's folder
 * @param step number of steps done
 * @param hash SHA-256 of the checkpoint
 */
public record WarmStart(Path run, long step, String hash) {

  /** The key of an experiment with the source of its initial weights. */
  public static final String KEY = "init-from";

  private static final Pattern NAMED = Pattern.compile("(.+)@(\\d{1,18}|latest|best)");
  private static final String RUN = "run";
  private static final String STEP = "step";
  private static final String HASH = "sha256";

  /**
   * Finds a checkpoint.
   *
   * @param named a run's folder or the name of a model, optionally with the checkpoint: {@code
   *     runs/a}, {@code runs/a@400}, {@code runs/a@best}
   * @throws IOException if there is no such run or checkpoint
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

  /** Initial weights and where they come from. */
  public record Loaded(WarmStart source, InitialWeights weights) {

    /** Describes the start of a run, and names what does not come from the source. */
    public String text() {
      return Stream.concat(Stream.of(source.text()), weights.fresh().stream())
          .collect(Collectors.joining("\n"));
    }
  }

  /**
   * Loads the initial weights that an experiment names, if any.
   *
   * @param shape shape of the data
   * @param classes number of classes of the data, 0 if it has none
   * @throws ConfigurationException if a key of the networks has no effect, or the weights are
   *     missing or do not fit the networks
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
      return Optional.of(new Loaded(source, source.initial(setup, shape, classes)));
    } catch (RefusedException e) {
      throw ConfigurationException.of(KEY, e);
    }
  }

  private String text() {
    return "starts from the weights of step %,d of %s".formatted(step, run);
  }

  /** Returns the checkpoint in the form of the option {@code --init-from}. */
  public String name() {
    return run + "@" + step;
  }

  private InitialWeights initial(Setup setup, DataShape shape, int classes) throws IOException {
    Checkpoint learnt =
        RunCheckpoints.of(new RunFolder(run))
            .load(step, parts -> InitialWeights.requiredParts(setup, parts));
    return InitialWeights.of(setup, shape, classes, learnt, run.toString());
  }

  /** Returns the entry in the provenance of the new run. */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put(RUN, run.toString());
    facts.put(STEP, step);
    facts.put(HASH, hash);
    return facts;
  }

  /**
   * Reads the entry of a provenance and checks that the checkpoint is unchanged.
   *
   * @throws RefusedException if the checkpoint has changed
   */
  public static WarmStart of(Map<?, ?> facts) throws IOException {
    WarmStart recorded =
        new WarmStart(
            Path.of(String.valueOf(facts.get(RUN))),
            Long.parseLong(String.valueOf(facts.get(STEP))),
            String.valueOf(facts.get(HASH)));
    if (!named(recorded.name()).equals(recorded)) {
      throw new RefusedException(
          "the checkpoint of step %d of %s has changed since the run started from it: its SHA-256 differs"
              .formatted(recorded.step(), recorded.run()));
    }
    return recorded;
  }
}
