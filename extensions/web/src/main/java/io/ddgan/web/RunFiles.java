package io.ddgan.web;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the files of a run that exist.
 *
 * @param folder the run's folder
 */
record RunFiles(Path folder) {

  private static final Pattern PICTURE = Pattern.compile("\\d+\\.png");

  /** Maximum number of characters shown of a log. */
  private static final int SHOWN = 20_000;

  /** Returns the content of a run's page by name. */
  Map<String, Object> shown() throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("keys", keys());
    all.put("metrics", lines("metrics.csv"));
    all.put("evaluations", text("evaluation.csv"));
    all.put("provenance", text("provenance.json"));
    all.put("pictures", pictures());
    String log = lines("log.txt");
    all.put("log", log.substring(Math.max(0, log.length() - SHOWN)));
    return all;
  }

  /** Returns the complete lines of a file. */
  private String lines(String name) throws IOException {
    String all = text(name);
    return all.substring(0, all.lastIndexOf('\n') + 1);
  }

  /** Returns the text of a file; empty if there is none. */
  private String text(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file)
        ? new String(
            Files.readAllBytes(file),
            StandardCharsets.UTF_8) // tolerates a partly written character
        : "";
  }

  /** Returns the keys of the configuration with their values, sorted by key. */
  private Map<String, String> keys() {
    Map<String, String> keys = new TreeMap<>();
    try {
      Config config = ConfigFactory.parseFile(folder.resolve("experiment.conf").toFile());
      config.resolve().entrySet().forEach(key -> keys.put(key.getKey(), key.getValue().render()));
    } catch (ConfigException e) {
      keys.put("experiment.conf", String.valueOf(e.getMessage()));
    }
    return keys;
  }

  /** Returns the names of the pictures of samples, the earliest first. */
  private List<String> pictures() throws IOException {
    Path samples = folder.resolve("samples");
    if (!Files.isDirectory(samples)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(samples)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> PICTURE.matcher(name).matches())
          .sorted()
          .toList();
    }
  }

  /** Returns a picture of samples; empty if there is none of that name. */
  Optional<Path> picture(String name) {
    return Optional.of(name)
        .filter(each -> PICTURE.matcher(each).matches())
        .map(folder.resolve("samples")::resolve)
        .filter(Files::isRegularFile);
  }
}
