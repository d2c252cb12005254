package io.ddgan.contract.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All different contents a folder has had, as left by a process killed at that moment. A temporary
 * file that is later renamed counts only as present or absent.
 */
public final class FolderHistory {

  private final Path folder;
  private final Map<String, Map<String, byte[]>> different = new LinkedHashMap<>();

  /** Creates the history of a folder, which may not exist yet. */
  public FolderHistory(Path folder) {
    this.folder = folder;
  }

  /** Returns the folder, whose content is recorded at every change. */
  public Path watched() {
    return WatchedFiles.watch(folder, this::look);
  }

  private synchronized void look() {
    try {
      Map<String, byte[]> content = content(folder, path -> true);
      different.putIfAbsent(text(content), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all contents in order. */
  public List<Map<String, byte[]>> all() {
    return new ArrayList<>(different.values());
  }

  /** Checks one of the contents. */
  @FunctionalInterface
  public interface Check {

    /** Fails if the folder is invalid. */
    void check(Path folder) throws Exception;
  }

  /**
   * Restores each content in a folder and checks it.
   *
   * @param parent parent of the restored folders
   * @return number of contents
   */
  public int check(Path parent, Check check) throws Exception {
    int number = 0;
    for (Map<String, byte[]> moment : different.values()) {
      Path killed = parent.resolve("killed-" + number++);
      restore(moment, killed);
      try {
        check.check(killed);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("killed when there was %s".formatted(moment.keySet()), e);
      }
    }
    return number;
  }

  /** Prefixes or suffixes of files that only a killed process leaves. */
  public static List<String> leftovers(Path folder) throws IOException {
    return content(folder).keySet().stream()
        .filter(name -> name.matches(".*(\\.lck|\\.beginning|\\.unfinished-.*)"))
        .toList();
  }

  /**
   * Returns files, and folders with a trailing slash, by path, without temporary files that nothing
   * reads.
   */
  public static Map<String, byte[]> content(Path folder) throws IOException {
    return content(folder, path -> !path.toString().endsWith(".part"));
  }

  private static Map<String, byte[]> content(Path folder, Predicate<Path> isSeen)
      throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.skip(1).filter(isSeen).toList()) { // without the folder itself
          boolean isFile = Files.isRegularFile(path);
          content.put(
              folder.relativize(path) + (isFile ? "" : "/"),
              isFile ? Files.readAllBytes(path) : new byte[0]);
        }
      }
    }
    return content;
  }

  /** Restores a content in a folder. */
  public static void restore(Map<String, byte[]> content, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> entry : content.entrySet()) {
      Path path = folder.resolve(entry.getKey());
      if (entry.getKey().endsWith("/")) {
        Files.createDirectories(path);
      } else {
        Files.createDirectories(path.getParent());
        Files.write(path, entry.getValue());
      }
    }
  }

  private static String text(Map<String, byte[]> content) {
    StringBuilder text = new StringBuilder();
    content.forEach(
        (name, bytes) -> {
          String begun = bytes.length == 0 ? "" : "begun";
          text.append(name)
              .append('\n')
              .append(
                  name.endsWith(".part") ? begun : new String(bytes, StandardCharsets.ISO_8859_1))
              .append('\n');
        });
    return text.toString();
  }
}
