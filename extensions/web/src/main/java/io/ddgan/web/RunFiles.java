package io.ddgan.web;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a run's files say, as much as there is of them.
 *
 * @param folder the run's folder
 */
record RunFiles(Path folder) {

  private static final Pattern PICTURE = Pattern.compile("\\d+\\.png");

  /** Characters that are shown of a log. */
  private static final int SHOWN = 20_000;

  /**
   * A part of a text that grows.
   *
   * @param from where it begins
   * @param text whole lines
   * @param next where the next part begins
   */
  record Part(int from, String text, int next) {}

  /**
   * The metrics from a place on; all if the line before it is another, as after training resumed.
   *
   * @param last the last line before it
   */
  Part metrics(int from, String last) throws IOException {
    String all = text("metrics.csv");
    String lines = all.substring(0, all.lastIndexOf('\n') + 1);
    int begin = lines.startsWith(last + "\n", from - last.length() - 1) ? from : 0;
    return new Part(begin, lines.substring(begin), lines.length());
  }

  /** The end of the log, of whole lines. */
  String log() throws IOException {
    String all = text("log.txt");
    return all.substring(Math.max(0, all.length() - SHOWN), all.lastIndexOf('\n') + 1);
  }

  /** A whole file of text; empty if there is none. */
  String text(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file)
        ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) // also if half is written
        : "";
  }

  /** The keys of the configuration with their values, in the order of their names. */
  Map<String, String> keys() {
    Map<String, String> keys = new TreeMap<>();
    try {
      Config config = ConfigFactory.parseFile(folder.resolve("experiment.conf").toFile());
      config.resolve().entrySet().forEach(key -> keys.put(key.getKey(), key.getValue().render()));
    } catch (ConfigException e) {
      keys.put("experiment.conf", String.valueOf(e.getMessage()));
    }
    return keys;
  }

  /** Names of the pictures of samples, the earliest first. */
  List<String> pictures() throws IOException {
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

  /** A picture of samples; empty if there is none of that name. */
  Optional<Path> picture(String name) {
    return Optional.of(name)
        .filter(each -> PICTURE.matcher(each).matches())
        .map(folder.resolve("samples")::resolve)
        .filter(Files::isRegularFile);
  }
}
