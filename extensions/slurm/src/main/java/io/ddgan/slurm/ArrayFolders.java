package io.ddgan.slurm;

import io.ddgan.api.ProcessLauncher.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.file.PathUtils;

/**
 * The files of a sweep's job arrays: a folder per array, with its tasks' scripts and the names of
 * its trials. They are written before submission, so an array is found again after any
 * interruption.
 *
 * @param root the folder, which need not exist
 */
record ArrayFolders(Path root) {

  private static final String PREFIX = "ddgan-";
  private static final String TRIALS = "trials";
  private static final String SCRIPT = "array.sh";

  /** A task of an array. */
  record Task(String array, int index) {}

  /**
   * Writes the scripts of a new array and returns its name.
   *
   * @throws IOException if they cannot be written; the message names the folder
   */
  String add(List<Request> trials, List<String> setup) throws IOException {
    String name = PREFIX + UUID.randomUUID().toString().substring(0, 8);
    Path folder = root.resolve(name);
    try {
      Files.createDirectories(folder);
      for (int i = 0; i < trials.size(); i++) {
        Files.writeString(folder.resolve(i + ".sh"), TaskScript.of(trials.get(i), setup));
      }
      Files.writeString(script(name), TaskScript.ofArray(folder));
      Files.write(folder.resolve(TRIALS), trials.stream().map(Request::name).toList());
      return name;
    } catch (IOException e) {
      throw new IOException("cannot write the scripts of a job array in " + folder, e);
    }
  }

  /** Returns the script of an array. */
  Path script(String array) {
    return root.resolve(array).resolve(SCRIPT);
  }

  /** Returns the tasks of each trial, by its name. */
  Map<String, List<Task>> tasks() throws IOException {
    Map<String, List<Task>> tasks = new LinkedHashMap<>();
    for (String array : arrays()) {
      List<String> trials = Files.readAllLines(root.resolve(array).resolve(TRIALS));
      for (int i = 0; i < trials.size(); i++) {
        tasks.computeIfAbsent(trials.get(i), name -> new ArrayList<>()).add(new Task(array, i));
      }
    }
    return tasks;
  }

  /** Returns the names of all arrays. */
  List<String> arrays() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(TRIALS)))
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.startsWith(PREFIX))
          .sorted()
          .toList();
    }
  }

  /** Removes the files of an array, and the root folder once it is empty. */
  void remove(String array) throws IOException {
    FileUtils.deleteDirectory(root.resolve(array).toFile());
    if (Files.exists(root) && PathUtils.isEmptyDirectory(root)) {
      Files.delete(root);
    }
  }
}
