package io.ddgan.app.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder of plug-ins and the cache folder, as given or by default.
 *
 * @param namedPlugins folder of jars, or of folders of jars
 * @param namedCache cache folder for classifiers, features and statistics
 */
public record AppFolders(Optional<Path> namedPlugins, Optional<Path> namedCache) {

  /** System property with the plug-in folder, set by the launcher script. */
  public static final String PLUGINS_PROPERTY = "ddgan.plugins";

  /** System property with the cache folder, for tests. */
  public static final String CACHE_PROPERTY = "ddgan.cache";

  /** Returns the folder of plug-ins, if any. */
  public Optional<Path> plugins() {
    return namedPlugins.or(
        () ->
            Optional.ofNullable(System.getProperty(PLUGINS_PROPERTY))
                .map(Path::of)
                .filter(Files::isDirectory));
  }

  /** Returns the cache folder. */
  public Path cache() {
    return namedCache
        .or(() -> Optional.ofNullable(System.getProperty(CACHE_PROPERTY)).map(Path::of))
        .orElseGet(
            () ->
                Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                    .filter(folder -> !folder.isBlank())
                    .map(Path::of)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                    .resolve("ddgan"));
  }

  /** Returns the options that pass the given folders to another process. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    namedPlugins.ifPresent(folder -> words.addAll(List.of("--plugins", folder.toString())));
    namedCache.ifPresent(folder -> words.addAll(List.of("--cache", folder.toString())));
    return words;
  }
}
