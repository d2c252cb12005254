package io.ddgan.app.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a run was trained with, which its provenance tells. A run is a function of its
 * configuration: one whose {@code experiment.conf} was edited since would be another than the file
 * says.
 */
final class TrainedConfiguration {

  private static final System.Logger LOG = System.getLogger(TrainedConfiguration.class.getName());

  private final Binder binder;
  private final HoconRenderer renderer;
  private final ComponentRegistry registry;

  @Inject
  TrainedConfiguration(Binder binder, HoconRenderer renderer, ComponentRegistry registry) {
    this.binder = binder;
    this.renderer = renderer;
    this.registry = registry;
  }

  /** What a run is read for, and which of its keys matter for that. */
  enum Purpose {
    /** To go on with its training: all keys but those that no weight depends on. */
    TRAINING(
        "(?!(sampler|evaluation|listeners|executor)\\b)"
            + "(?!data\\.(.*\\.)?(file|folder)$)"
            + "(?!training\\.(log-every|sample-every|sample-count|checkpoint-every|checkpoints-kept)$)"
            + ".*"),
    /**
     * To draw samples: what the weights mean, which make something else, or nothing, with others.
     */
    SAMPLING("(representation|schedule|reverse|objective|generator)\\b.*");

    private final Pattern keys;

    Purpose(String keys) {
      this.keys = Pattern.compile(keys);
    }

    private boolean dependsOn(KeyDifference edit) {
      return keys.matcher(edit.key()).matches();
    }
  }

  /**
   * Checks that no key was edited on which something depends; logs those that were edited besides.
   * A run whose provenance is lost, or from a version of other keys, is taken as it is.
   *
   * @param now what its {@code experiment.conf} says
   * @throws ConfigurationException if some were; it names them all
   */
  void requireUnedited(RunFolder folder, Experiment now, Purpose purpose) {
    List<KeyDifference> edits = edits(folder, now);
    List<Problem> problems =
        edits.stream().filter(purpose::dependsOn).map(TrainedConfiguration::problem).toList();
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems).locatedIn(Hocon.file(folder.experiment()));
    }
    for (KeyDifference edit : edits) {
      LOG.log(
          Level.WARNING,
          "{0}: {1} is {2}, but the run was trained with {3}",
          folder.experiment(),
          edit.key(),
          edit.now(),
          edit.before());
    }
  }

  private static Problem problem(KeyDifference edit) {
    String way =
        edit.key().equals(TrainingSettings.ITERATIONS)
            ? "and give it another length with train --resume --iterations N"
            : "or train another run";
    return Problem.of(
        edit.key(),
        "is %s, but the run was trained with %s, says provenance.json; set it back, %s"
            .formatted(edit.now(), edit.before(), way));
  }

  private List<KeyDifference> edits(RunFolder folder, Experiment now) {
    try {
      Provenance provenance = Provenance.read(folder.provenance());
      Optional<Experiment> trained = configuration(provenance);
      return trained.stream()
          .flatMap(before -> differences(before, now).stream())
          .filter(edit -> !isUnfinished(edit, provenance))
          .toList();
    } catch (IOException e) {
      if (Files.exists(folder.checkpoints())) {
        LOG.log(
            Level.WARNING,
            "nothing tells whether {0} is what the run was trained with: {1}",
            folder.experiment(),
            e.getMessage());
      }
      return List.of();
    }
  }

  private Optional<Experiment> configuration(Provenance provenance) {
    if (!(provenance.origin().get(Provenance.CONFIGURATION) instanceof Map<?, ?> keys)) {
      return Optional.empty();
    }
    try {
      Config written = ((ConfigObject) ConfigValueFactory.fromAnyRef(keys)).toConfig();
      return Optional.of(
          binder.bind(Experiment.class, Hocon.layer(written, registry.experimentDefaults())));
    } catch (ConfigurationException e) {
      return Optional.empty(); // of another version, or with a plug-in that is not here
    }
  }

  /** The keys in which two experiments differ. */
  List<KeyDifference> differences(Experiment before, Experiment now) {
    return before.equals(now) ? List.of() : KeyDifference.between(keys(before), keys(now));
  }

  /** All keys of an experiment, also those that were not written. */
  Config keys(Experiment experiment) {
    return Hocon.text(renderer.render(experiment), "experiment.conf");
  }

  /** Whether a process that gave the run another length has ended before it was written here. */
  private static boolean isUnfinished(KeyDifference edit, Provenance provenance) {
    return edit.key().equals(TrainingSettings.ITERATIONS)
        && provenance.origin().get(Provenance.LENGTHS) instanceof List<?> lengths
        && !lengths.isEmpty()
        && lengths.get(lengths.size() - 1) instanceof Map<?, ?> last
        && edit.now().equals(String.valueOf(last.get(Provenance.INSTEAD_OF)));
  }
}
