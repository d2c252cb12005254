package io.ddgan.train.run;

import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Json;
import io.ddgan.internal.file.Sha256;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The provenance of a run: the facts that its results may depend on.
 *
 * @param segments the environments that it was trained in, from the first step on
 */
public record Provenance(Map<String, Object> origin, List<Segment> segments) {

  /** Fact: the configuration in {@code experiment.conf}. */
  public static final String CONFIGURATION = "configuration";

  public static final String CONFIGURATION_HASH = "configuration-sha256";
  public static final String IMPORTED_FROM = "imported-from";

  /** Fact: how often the run's own sampler evaluates the networks for a sample. */
  public static final String EVALUATIONS = "network-evaluations";

  /** Fact: the names of the data's classes in order, if they have names. */
  public static final String CLASSES = "classes";

  /** Fact: the checkpoint with the initial weights: its run, step and hash. */
  public static final String INITIALISED_FROM = "initialised-from";

  /** Fact: the checkpoint of the exported EMA generator: its run, step and hash. */
  public static final String EXPORTED_FROM = "exported-from";

  /** Fact: changes of the number of training steps. */
  public static final String LENGTHS = "lengths";

  /** Fact of such a change: the previous number of steps. */
  public static final String INSTEAD_OF = "instead-of";

  /** Fact of an environment: the fingerprint of the data set. */
  public static final String DATA = "data-sha256";

  /** Fact of an environment: the number of compute threads. */
  public static final String THREADS = "threads";

  private static final String ENVIRONMENTS = "environments";
  private static final String FROM_STEP = "from-step";

  /**
   * Steps that were trained in one environment.
   *
   * @param first the first of them; the last precedes the next segment
   */
  public record Segment(long first, Environment environment) {}

  public Provenance {
    segments = List.copyOf(segments);
  }

  /** Returns the provenance of a run before its first step. */
  public static Provenance of(String experiment, long seed) {
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put(CONFIGURATION, Hocon.text(experiment, "experiment.conf").root().unwrapped());
    origin.put(CONFIGURATION_HASH, Sha256.of(experiment));
    origin.put("seed", seed);
    return new Provenance(origin, List.of());
  }

  /** Returns whether this is the provenance of a model: an exported EMA generator. */
  public boolean isOfModel() {
    return origin.containsKey(EXPORTED_FROM);
  }

  /** Returns the facts about the run that provided the initial weights, if any. */
  public Optional<Map<?, ?>> initialisedFrom() {
    return origin.get(INITIALISED_FROM) instanceof Map<?, ?> facts
        ? Optional.of(facts)
        : Optional.empty();
  }

  /** Returns this provenance with one more fact about the whole run. */
  public Provenance with(String name, Object fact) {
    Map<String, Object> more = new LinkedHashMap<>(origin);
    more.put(name, fact);
    return new Provenance(more, segments);
  }

  /** Returns this provenance with the names of the data's classes, if they have any. */
  public Provenance withClasses(List<String> names) {
    return names.isEmpty() ? this : with(CLASSES, names);
  }

  /**
   * Returns this provenance after a change of the number of training steps.
   *
   * @param renewed provenance of a run that has the new length from the beginning
   * @param step the step of the change; drops changes recorded for this and later steps
   */
  public Provenance ofLength(Provenance renewed, long step, long before, long steps) {
    List<Object> lengths = new ArrayList<>();
    if (origin.get(LENGTHS) instanceof List<?> noted) {
      noted.stream()
          .filter(length -> length instanceof Map<?, ?> facts && before(step, facts))
          .forEach(lengths::add);
    }
    Map<String, Object> length = new LinkedHashMap<>();
    length.put(FROM_STEP, step);
    length.put("steps", steps);
    length.put(INSTEAD_OF, before);
    lengths.add(length);
    Map<String, Object> all = new LinkedHashMap<>(origin);
    all.putAll(renewed.origin);
    all.put(LENGTHS, lengths);
    return new Provenance(all, segments);
  }

  private static boolean before(long step, Map<?, ?> facts) {
    return facts.get(FROM_STEP) instanceof Number first && first.longValue() < step;
  }

  /**
   * Returns this provenance with a process that trains from a step. Drops segments from this step
   * on, and adds one unless the environment is unchanged.
   */
  public Provenance trainedFrom(long step, Environment environment) {
    List<Segment> kept =
        new ArrayList<>(segments.stream().filter(segment -> segment.first() < step).toList());
    if (kept.isEmpty()
        || !kept.get(kept.size() - 1).environment().differences(environment).isEmpty()) {
      kept.add(new Segment(step, environment));
    }
    return new Provenance(origin, kept);
  }

  /** Reads the file of a run. */
  public static Provenance read(Path file) throws IOException {
    try {
      Map<String, Object> all = Json.parse(Files.readString(file));
      if (!(all.getOrDefault(CONFIGURATION, Map.of()) instanceof Map)) {
        throw new IllegalArgumentException("the configuration is not an object");
      }
      if (!(all.getOrDefault(ENVIRONMENTS, List.of()) instanceof List<?> entries)) {
        throw new IllegalArgumentException("the environments are not a list");
      }
      return new Provenance(without(Set.of(ENVIRONMENTS), all), segments(entries));
    } catch (NoSuchFileException e) {
      throw new IOException(file + " is missing; restore it from a copy of the run", e);
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /** Returns the exception for a file with other content. */
  public static IOException damaged(Path file, Exception cause) {
    return new IOException(
        file
            + " is not a run's provenance; restore it from a copy of the run, or rename it to train on without it",
        cause);
  }

  private static List<Segment> segments(List<?> entries) {
    List<Segment> segments = new ArrayList<>();
    for (Object entry : entries) {
      if (!(entry instanceof Map<?, ?> facts) || !(facts.get(FROM_STEP) instanceof Number first)) {
        throw new IllegalArgumentException("an environment has no first step");
      }
      segments.add(
          new Segment(first.longValue(), new Environment(without(Set.of(FROM_STEP), facts))));
    }
    return segments;
  }

  private static Map<String, Object> without(Set<String> names, Map<?, ?> all) {
    Map<String, Object> rest = new LinkedHashMap<>();
    all.forEach((name, value) -> rest.put((String) name, value));
    rest.keySet().removeAll(names);
    return rest;
  }

  /** Writes the facts as JSON. */
  public void write(Path file) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>(origin);
    all.put(
        ENVIRONMENTS,
        segments.stream()
            .map(segment -> segment.environment().with(FROM_STEP, segment.first()).facts())
            .toList());
    AtomicFile.write(file, Json.pretty(all));
  }
}
