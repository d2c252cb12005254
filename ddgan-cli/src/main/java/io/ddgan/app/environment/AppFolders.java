package io.ddgan.app.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where plug-ins are, and what evaluations learn once: the folders that were named, and the usual
 * ones in place of others.
 *
 * @param namedPlugins folder of jars, or of folders of jars
 * @param namedCache folder for what evaluations learn once
 */
public record AppFolders(Optional<Path> namedPlugins, Optional<Path> namedCache) {

  /** System property with the plug-in folder that the launcher passes on. */
  public static final String PLUGINS_PROPERTY = "ddgan.plugins";

  /** System property with the folder for what evaluations learn, for tests. */
  public static final String CACHE_PROPERTY = "ddgan.cache";

  /** The folder of plug-ins, if there is one. */
  public Optional<Path> plugins() {
    return namedPlugins.or(
        () ->
            Optional.ofNullable(System.getProperty(PLUGINS_PROPERTY))
                .map(Path::of)
                .filter(Files::isDirectory));
  }

  /** The folder for what evaluations learn once. */
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

  /** What another process of ddgan is told of them, where they were named. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    namedPlugins.ifPresent(folder -> words.addAll(List.of("--plugins", folder.toString())));
    namedCache.ifPresent(folder -> words.addAll(List.of("--cache", folder.toString())));
    return words;
  }
}
