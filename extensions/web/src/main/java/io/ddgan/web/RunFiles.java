package io.ddgan.web;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

  /** Of a log, its last characters are shown. */
  private static final int SHOWN = 20_000;

  /**
   * A part of a text that grows.
   *
   * @param from where it begins, in bytes
   * @param text whole lines
   * @param next where the next part begins, in bytes
   */
  record Part(long from, String text, long next) {}

  /**
   * The measured values from a byte on; all if what came before it is not the same any more.
   *
   * @param last the last line before it
   */
  Part metrics(long from, String last) throws IOException {
    return lines("metrics.csv", from, (last + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The end of the log. */
  Part log() throws IOException {
    Path log = folder.resolve("log.txt");
    return Files.exists(log)
        ? lines("log.txt", Math.max(0, Files.size(log) - SHOWN), new byte[0])
        : new Part(0, "", 0);
  }

  private Part lines(String name, long from, byte[] before) throws IOException {
    Path path = folder.resolve(name);
    if (!Files.exists(path)) {
      return new Part(0, "", 0);
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long begin = from <= file.length() && isBefore(from, before, file) ? from : 0;
      byte[] bytes = new byte[Math.toIntExact(file.length() - begin)];
      file.seek(begin);
      file.readFully(bytes);
      int whole = bytes.length;
      while (whole > 0 && bytes[whole - 1] != '\n') {
        whole--;
      }
      return new Part(begin, new String(bytes, 0, whole, StandardCharsets.UTF_8), begin + whole);
    }
  }

  private static boolean isBefore(long from, byte[] expected, RandomAccessFile file)
      throws IOException {
    if (from < expected.length) {
      return false;
    }
    byte[] bytes = new byte[expected.length];
    file.seek(from - bytes.length);
    file.readFully(bytes);
    return Arrays.equals(bytes, expected);
  }

  /** A whole file of text; empty if there is none. */
  String text(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readString(file) : "";
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
