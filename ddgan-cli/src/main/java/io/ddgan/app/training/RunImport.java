package io.ddgan.app.training;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.ddgan.api.DataShape;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.environment.EnvironmentInfo;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.file.Sha256;
import io.ddgan.networks.ReferenceOptions;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.importing.ImportedState;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunClasses;
import io.ddgan.train.run.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes runs from networks trained elsewhere. */
public final class RunImport {

  private final Experiments experiments;
  private final HoconRenderer renderer;
  private final EnvironmentInfo environment;

  @Inject
  RunImport(Experiments experiments, HoconRenderer renderer, EnvironmentInfo environment) {
    this.experiments = experiments;
    this.renderer = renderer;
    this.environment = environment;
  }

  /** The imported state, and the shape of the data. */
  public record Imported(ImportedState state, DataShape shape, Setup setup) {}

  /**
   * Makes a run.
   *
   * @param file generator weights, or a full training state of the reference implementation
   * @param discriminator discriminator weights, if the file has only the generator
   * @param given shape of the data, if neither the state nor the data set defines it
   * @param folder folder of the new run, empty or missing
   * @throws ConfigurationException if the options of the state differ from the experiment's
   * @throws RefusedException if the networks are not those of the experiment
   */
  public Imported run(
      Path file,
      Optional<Path> discriminator,
      Optional<DataShape> given,
      Experiment experiment,
      RunFolder folder)
      throws IOException {
    folder.requireFree();
    ImportedState state = read(file, discriminator, given);
    requireSameOptions(file.toString(), state.options(), experiments.keys(experiment));
    Setup setup = experiments.setup(experiment);
    if (!setup.hasDiscriminator() && state.hasDiscriminator()) {
      throw new RefusedException(
          "the objective has no discriminator; import into an adversarial experiment, or import only the generator");
    }
    Optional<DataShape> known = given.or(state::shape).or(experiment.data()::shape);
    DataShape shape = known.isPresent() ? known.get() : shapeOfData(setup);
    Backend backend = Backend.load();
    RunClasses classes = classesOfData(setup);
    Checkpoint checkpoint = state.checkpoint(setup, shape, classes.count());
    String text = renderer.render(experiment);
    Provenance provenance =
        Provenance.of(text, experiment.seed())
            .withClasses(classes.names())
            .with(Provenance.IMPORTED_FROM, file.toString())
            .with("imported-sha256", Sha256.of(file))
            .with("imported-in", environment.of(backend).facts());
    folder
        .create(
            text,
            () -> {
              provenance.write(folder.provenance());
              new CheckpointStore(folder.checkpoints()).save(checkpoint);
            })
        .close();
    return new Imported(state, shape, setup);
  }

  private static ImportedState read(
      Path file, Optional<Path> discriminator, Optional<DataShape> given) throws IOException {
    ImportedState state = ImportedState.read(file);
    if (given.isPresent() && state.shape().isPresent() && !given.equals(state.shape())) {
      throw new RefusedException(
          "%s was trained on data of shape %s, not %s"
              .formatted(file, state.shape().get(), given.get()));
    }
    if (discriminator.isEmpty()) {
      return state;
    }
    if (state.hasDiscriminator()) {
      throw new RefusedException(file + " already contains a discriminator; omit --discriminator");
    }
    return state.withDiscriminator(discriminator.get());
  }

  /** Opens the data only for class-conditional networks, which need the number of classes. */
  private static RunClasses classesOfData(Setup setup) {
    try (OpenDataset data = setup.open()) {
      return RunClasses.of(data);
    } catch (IOException e) {
      return new RunClasses(setup.experiment().data().classes(), List.of());
    }
  }

  private static DataShape shapeOfData(Setup setup) throws IOException {
    try (OpenDataset data = setup.open()) {
      return data.shape();
    } catch (IOException e) {
      throw new IOException(
          e.getMessage() + "; or give the shape of the data, such as --shape 3x32x32", e);
    }
  }

  /**
   * Compares the options that a training state stores with the configuration, since weights may
   * also fit networks that compute something else.
   *
   * @param source name of the file in errors
   * @param options values by the reference's names
   * @throws ConfigurationException if any differ; it lists them all
   */
  static void requireSameOptions(String source, Map<?, ?> options, Config resolved) {
    List<Problem> problems = new ArrayList<>();
    ReferenceOptions.translate(options)
        .forEach(
            (key, value) -> {
              boolean isHere = resolved.hasPath(key);
              // The keys of a schedule depend on its type, which may differ.
              boolean isCompared = isHere || key.startsWith("schedule.");
              if (!isCompared || !isPlain(value)) {
                return;
              }
              ConfigValue theirs = ConfigValueFactory.fromAnyRef(value);
              if (!isHere || !theirs.equals(resolved.getValue(key))) {
                String ours = isHere ? "is " + text(resolved.getValue(key)) : "is not set";
                problems.add(
                    new Problem(
                        source,
                        key,
                        "%2$s, but the networks were trained with %1$s; set %3$s=%4$s"
                            .formatted(text(theirs), ours, key, text(theirs))));
              }
            });
    ConfigurationException.throwIfAny(problems);
  }

  private static boolean isPlain(Object value) {
    return value instanceof List<?> list
        ? list.stream().noneMatch(each -> each instanceof List)
            && list.stream().allMatch(RunImport::isPlain)
        : value instanceof Number || value instanceof String || value instanceof Boolean;
  }

  private static String text(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise().setJson(false));
  }
}
