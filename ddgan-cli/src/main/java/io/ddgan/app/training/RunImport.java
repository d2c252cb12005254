package io.ddgan.app.training;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.RefusedException;
import io.ddgan.app.environment.Backend;
import io.ddgan.app.environment.EnvironmentInfo;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.file.Sha256;
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
import java.util.List;
import java.util.Optional;

/** Makes runs of networks that were trained elsewhere. */
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

  /**
   * Where networks come from.
   *
   * @param file the generator's weights, or a whole training state of the reference implementation
   * @param discriminator the discriminator's weights, for a generator alone
   * @param shape shape of the data, where neither the state nor the data set says it
   */
  public record Source(Path file, Optional<Path> discriminator, Optional<DataShape> shape) {}

  /**
   * What was imported.
   *
   * @param shape shape of the data
   */
  public record Imported(ImportedState state, DataShape shape, Setup setup) {}

  /**
   * Makes a run.
   *
   * @param folder the run's, which must be free
   * @throws io.ddgan.config.ConfigurationException if the state was trained with other options than
   *     the experiment's
   * @throws RefusedException if the networks are not those of the experiment
   */
  public Imported run(Source source, Experiment experiment, RunFolder folder) throws IOException {
    folder.requireFree();
    ImportedState state = read(source);
    ReferenceOptionsCheck.requireEqual(
        source.file().toString(), state.options(), experiments.keys(experiment));
    Setup setup = experiments.setup(experiment);
    if (!setup.hasDiscriminator() && state.hasDiscriminator()) {
      throw new RefusedException(
          "there is a discriminator, but this objective has none; import into an adversarial experiment, or the generator alone");
    }
    Optional<DataShape> known = source.shape().or(state::shape).or(experiment.data()::shape);
    DataShape shape = known.isPresent() ? known.get() : shapeOfData(setup);
    Backend backend = Backend.load();
    RunClasses classes = classesOfData(setup);
    Checkpoint checkpoint = state.checkpoint(setup, shape, classes.count());
    String text = renderer.render(experiment);
    Provenance provenance =
        Provenance.of(text, experiment.seed())
            .withClasses(classes.names())
            .with(Provenance.IMPORTED_FROM, source.file().toString())
            .with("imported-sha256", Sha256.of(source.file()))
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

  private static ImportedState read(Source source) throws IOException {
    ImportedState state = ImportedState.read(source.file());
    if (source.shape().isPresent()
        && state.shape().isPresent()
        && !source.shape().equals(state.shape())) {
      throw new RefusedException(
          "%s was trained on data of the shape %s, not %s"
              .formatted(source.file(), state.shape().get(), source.shape().get()));
    }
    if (source.discriminator().isEmpty()) {
      return state;
    }
    if (state.hasDiscriminator()) {
      throw new RefusedException(source.file() + " has a discriminator of its own");
    }
    return state.withDiscriminator(source.discriminator().get());
  }

  /** Networks that see the class need to know how many there are; others do without the data. */
  private static RunClasses classesOfData(Setup setup) {
    try (Examples data = setup.open()) {
      return RunClasses.of(data);
    } catch (IOException e) {
      return new RunClasses(setup.experiment().data().classes(), List.of());
    }
  }

  private static DataShape shapeOfData(Setup setup) throws IOException {
    try (Examples data = setup.open()) {
      return data.shape();
    } catch (IOException e) {
      throw new IOException(
          e.getMessage() + "; or say the shape of the data with --shape, such as --shape 3x32x32",
          e);
    }
  }
}
