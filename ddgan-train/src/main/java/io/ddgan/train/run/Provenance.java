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
 * Where a run comes from: all that its results may depend on.
 *
 * @param segments the environments that it was trained in, from the first step on
 */
public record Provenance(Map<String, Object> origin, List<Segment> segments) {

  /** What {@code experiment.conf} says, as it was trained. */
  public static final String CONFIGURATION = "configuration";

  public static final String CONFIGURATION_HASH = "configuration-sha256";
  public static final String IMPORTED_FROM = "imported-from";

  /** How often the networks are evaluated for a sample, as the run's own sampler draws it. */
  public static final String EVALUATIONS = "network-evaluations";

  /** The names of the data's classes, in their order, where they have names. */
  public static final String CLASSES = "classes";

  /** The checkpoint that the run began with: its run, step and hash. */
  public static final String INITIALISED_FROM = "initialised-from";

  /** The checkpoint of a run, its step and hash, whose averaged generator this is. */
  public static final String EXPORTED_FROM = "exported-from";

  /** Other numbers of steps that the run was given on its way. */
  public static final String LENGTHS = "lengths";

  /** In one of these, the number of steps before. */
  public static final String INSTEAD_OF = "instead-of";

  /** The fact of an environment that is the fingerprint of the data set. */
  public static final String DATA = "data-sha256";

  /** The fact of an environment that is the number of threads that compute. */
  public static final String THREADS = "threads";

  private static final String ENVIRONMENTS = "environments";
  private static final String FROM_STEP = "from-step";

  /**
   * Steps that were done in one environment.
   *
   * @param first the first of them; they end where the next segment begins
   */
  public record Segment(long first, Environment environment) {}

  public Provenance {
    segments = List.copyOf(segments);
  }

  /** Of a run that no process has trained yet. */
  public static Provenance of(String experiment, long seed) {
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put(CONFIGURATION, Hocon.text(experiment, "experiment.conf").root().unwrapped());
    origin.put(CONFIGURATION_HASH, Sha256.of(experiment));
    origin.put("seed", seed);
    return new Provenance(origin, List.of());
  }

  /** Whether it is that of a model: of a run whose averaged generator alone was passed on. */
  public boolean isOfModel() {
    return origin.containsKey(EXPORTED_FROM);
  }

  /** The facts about the weights that the run began with, if they were those of another. */
  public Optional<Map<?, ?>> initialisedFrom() {
    return origin.get(INITIALISED_FROM) instanceof Map<?, ?> facts
        ? Optional.of(facts)
        : Optional.empty();
  }

  /** With one more fact about the whole run. */
  public Provenance with(String name, Object fact) {
    Map<String, Object> more = new LinkedHashMap<>(origin);
    more.put(name, fact);
    return new Provenance(more, segments);
  }

  /** With the names of the data's classes, if they have any. */
  public Provenance withClasses(List<String> names) {
    return names.isEmpty() ? this : with(CLASSES, names);
  }

  /**
   * Of the run when it is to have another number of steps.
   *
   * @param renewed what would be known of a run that began with the new length
   * @param step the step from which on it has it; what was noted of later steps does not come
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
   * Of the run when a process goes on with it. A process in the environment of the one before adds
   * nothing; what was done of this and later steps is going to be done anew.
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
      throw new IOException(file + " is missing: it is not known where the run comes from", e);
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /** What to throw for a file that holds something else. */
  public static IOException damaged(Path file, Exception cause) {
    return new IOException(
        file + " does not say where a run comes from; rename it to go on without it", cause);
  }

  private static List<Segment> segments(List<?> entries) {
    List<Segment> segments = new ArrayList<>();
    for (Object entry : entries) {
      if (!(entry instanceof Map<?, ?> facts) || !(facts.get(FROM_STEP) instanceof Number first)) {
        throw new IllegalArgumentException("an environment does not say its first step");
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
