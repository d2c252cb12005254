package io.ddgan.app.models;

import io.ddgan.config.Key;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.plugin.Jars;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The trained models that come with ddgan. Each is a run in a folder of the distribution with only
 * its averaged weights, and a {@link Card}.
 *
 * @param folder the folder of the models, if any
 */
public record Models(Optional<Path> folder) {

  /** System property with the folder, set by the launcher script. */
  public static final String PROPERTY = "ddgan.models";

  /** The file name of the card in a model's folder. */
  private static final String CARD = "card.conf";

  /**
   * Returns the models of this distribution, also when it is on the class path of another program.
   */
  public static Models ofDistribution() {
    return new Models(
        Optional.ofNullable(System.getProperty(PROPERTY))
            .map(Path::of)
            .or(() -> Jars.place(Models.class).map(Models::nextTo).filter(Models::hasCards))
            .filter(Files::isDirectory));
  }

  /** Checks for bundled models, as another program may have a folder of this name. */
  private static boolean hasCards(Path models) {
    try (Stream<Path> entries = Files.list(models)) {
      return entries.anyMatch(entry -> Files.exists(entry.resolve(CARD)));
    } catch (IOException e) {
      return false; // there are none
    }
  }

  /** Returns the folder of models next to the folder {@code lib} of a jar. */
  private static Path nextTo(Path jar) {
    return jar.resolveSibling("..").resolve("models").normalize();
  }

  /** Returns the names, in alphabetical order. */
  public List<String> names() throws IOException {
    if (folder.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder.get())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> model(name).isPresent())
          .sorted()
          .toList();
    }
  }

  /** Returns the folder of a model, if it exists. */
  public Optional<RunFolder> model(String name) {
    return folder
        .filter(all -> name.matches("[a-z0-9][a-z0-9-]*"))
        .map(all -> new RunFolder(all.resolve(name)))
        .filter(RunFolder::isRun);
  }

  /** Resolves the name of a run: an existing path, else a model. */
  public Path resolve(Path named) {
    return Files.exists(named) ? named : model(named.toString()).map(RunFolder::root).orElse(named);
  }

  /** Returns the name of the model in a folder, if it is a model, for any form of the path. */
  public Optional<String> name(Path run) {
    Path path = real(run);
    return folder
        .map(Models::real)
        .filter(all -> all.equals(path.getParent()))
        .map(all -> path.getFileName().toString());
  }

  /** Resolves links if the path exists. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /** A model card. */
  public record Card(
      @Key("short description of the samples") String makes,
      @Key("training data and their licence") String data,
      @Key("licence of the weights") String licence,
      @Key("training command, seed and time") String training,
      @Key("known limits") String limits,
      @Key("whether the model is a draft, which is not listed") Optional<Boolean> draft) {

    /**
     * Reads the card of a model.
     *
     * @throws io.ddgan.config.ConfigurationException if the card or a key is missing
     */
    public static Card of(RunFolder model, Binder binder) {
      return binder.bind(Card.class, Hocon.file(model.root().resolve(CARD)));
    }
  }
}
