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
 * The trained generators that come with the framework: in a folder of the distribution, each a run
 * of which the averaged weights are left, with a {@link Card}.
 *
 * @param folder the folder, if there is one
 */
public record Models(Optional<Path> folder) {

  /** System property with the folder that the launcher passes on. */
  public static final String PROPERTY = "ddgan.models";

  /** A card's file in a model's folder. */
  private static final String CARD = "card.conf";

  /** Those of the distribution that runs, which other programs have on their class path. */
  public static Models ofDistribution() {
    return new Models(
        Optional.ofNullable(System.getProperty(PROPERTY))
            .map(Path::of)
            .or(() -> Jars.place(Models.class).map(Models::nextTo).filter(Models::hasCards))
            .filter(Files::isDirectory));
  }

  /** A program may have a folder of this name with runs of its own. */
  private static boolean hasCards(Path models) {
    try (Stream<Path> entries = Files.list(models)) {
      return entries.anyMatch(entry -> Files.exists(entry.resolve(CARD)));
    } catch (IOException e) {
      return false; // there are none
    }
  }

  /** Where models are, next to the folder {@code lib} that a jar is in. */
  private static Path nextTo(Path jar) {
    return jar.resolveSibling("..").resolve("models").normalize();
  }

  /** Their names, in alphabetical order. */
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

  /** The folder of a model, if there is one of this name. */
  public Optional<RunFolder> model(String name) {
    return folder
        .filter(all -> name.matches("[a-z0-9][a-z0-9-]*"))
        .map(all -> new RunFolder(all.resolve(name)))
        .filter(RunFolder::isRun);
  }

  /** What a word means where a run is asked for: what is there of this name, else a model. */
  public Path resolve(Path named) {
    return Files.exists(named) ? named : model(named.toString()).map(RunFolder::root).orElse(named);
  }

  /** The name of the model whose folder this is, however it is written, if it is one. */
  public Optional<String> name(Path run) {
    Path path = real(run);
    return folder
        .map(Models::real)
        .filter(all -> all.equals(path.getParent()))
        .map(all -> path.getFileName().toString());
  }

  /** Without links, where it is there. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /** What one should know of a model before using it, in addition to what its run says. */
  public record Card(
      @Key("what its examples are, in a few words") String makes,
      @Key("what it was trained on, and under which licence that is") String data,
      @Key("licence of the weights") String licence,
      @Key("command, seed and time") String training,
      @Key("what it cannot do") String limits) {

    /**
     * Reads the card of a model.
     *
     * @throws io.ddgan.config.ConfigurationException if there is none, or it leaves anything out
     */
    public static Card of(RunFolder model, Binder binder) {
      return binder.bind(Card.class, Hocon.file(model.root().resolve(CARD)));
    }
  }
}
