package io.ddgan.train.checkpoint;

import io.ddgan.internal.file.DurableFile;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.weights.Safetensors;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.commons.io.file.PathUtils;

/**
 * Stores the checkpoints of a run, one folder each, named by the step. A checkpoint is written to a
 * hidden folder, which is renamed once all is on disk, so it is complete or absent. Steps are
 * padded to 8 digits to list in order.
 */
public final class CheckpointStore {

  private static final Pattern NAME = Pattern.compile("\\d{8,18}");
  private static final String UNFINISHED = ".unfinished-";

  private final Path folder;
  private final int keep;

  /** Creates a store that keeps the latest {@code keep} checkpoints. The folder need not exist. */
  public CheckpointStore(Path folder, int keep) {
    this.folder = folder;
    this.keep = keep;
  }

  /** Creates a store that keeps one checkpoint, or is only read. */
  public CheckpointStore(Path folder) {
    this(folder, 1);
  }

  /**
   * Saves a checkpoint and removes old ones. An intact checkpoint of the step is not written again.
   *
   * @throws IOException if it cannot be written; older checkpoints stay intact
   */
  public Path save(Checkpoint checkpoint) throws IOException {
    Path target = path(checkpoint.step());
    Path unfinished = folder.resolve(UNFINISHED + target.getFileName());
    try {
      tidy();
      if (isIntact(checkpoint.step())) {
        return target;
      }
      if (Files.exists(target)) {
        delete(target);
      }
      Files.createDirectories(unfinished);
      try {
        Manifest.write(checkpoint, unfinished);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        PathUtils.delete(unfinished);
        throw e;
      }
      DurableFile.force(folder);
      prune();
      return target;
    } catch (IOException e) {
      throw FileErrors.writing(target, e);
    }
  }

  /**
   * Removes what a killed process may have left: incomplete and old checkpoints. Only for the
   * process that writes to the run.
   */
  public void tidy() throws IOException {
    remove(matching(UNFINISHED + "*"));
    prune();
  }

  /** Lists the entries that match a pattern; empty if the folder does not exist. */
  private List<Path> matching(String glob) throws IOException {
    List<Path> matching = new ArrayList<>();
    if (Files.exists(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
        entries.forEach(matching::add);
      } catch (IOException e) {
        throw FileErrors.reading(folder, e);
      }
    }
    return matching;
  }

  /** Returns the number of parameters of each part of a checkpoint, without reading them. */
  public SortedMap<String, Long> sizes(long step) throws IOException {
    SortedMap<String, Long> sizes = new TreeMap<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(path(step), "*" + Manifest.EXTENSION)) {
      for (Path file : files) {
        sizes.put(Manifest.part(file.getFileName().toString()), Safetensors.size(file));
      }
      return sizes;
    } catch (IOException e) {
      throw FileErrors.reading(path(step), e);
    }
  }

  /** Removes the checkpoints of later steps. */
  public void removeAfter(long last) throws IOException {
    remove(steps().stream().filter(step -> step > last).map(this::path).toList());
  }

  /**
   * Lists the folders that can be removed: incomplete checkpoints of a killed process, and
   * checkpoints older than the intact ones to keep. Damaged ones do not count.
   */
  public List<Path> superfluous() throws IOException {
    List<Path> superfluous = matching(UNFINISHED + "*");
    List<Long> steps = steps();
    int intact = 0;
    for (int i = steps.size() - 1; i > 0 && intact < keep; i--) {
      intact += isIntact(steps.get(i)) ? 1 : 0;
      if (intact == keep) {
        steps.subList(0, i).forEach(step -> superfluous.add(path(step)));
      }
    }
    return superfluous;
  }

  /** Removes checkpoint folders. Only for the process that writes to the run. */
  public void remove(List<Path> folders) throws IOException {
    try {
      for (Path path : folders) {
        if (NAME.matcher(path.getFileName().toString()).matches()) {
          delete(path);
        } else {
          PathUtils.delete(path);
        }
      }
    } catch (IOException e) {
      throw FileErrors.writing(folder, e);
    }
  }

  /** Returns the steps that have a checkpoint, in ascending order. */
  public List<Long> steps() throws IOException {
    return matching("*").stream()
        .filter(entry -> NAME.matcher(entry.getFileName().toString()).matches())
        .filter(Files::isDirectory)
        .map(entry -> Long.valueOf(entry.getFileName().toString()))
        .sorted()
        .toList();
  }

  /** Returns the step of the latest checkpoint, intact or not. */
  public OptionalLong latest() throws IOException {
    return steps().stream().mapToLong(step -> step).max();
  }

  /** Returns the folder of a step's checkpoint. */
  public Path path(long step) {
    return folder.resolve("%08d".formatted(step));
  }

  /**
   * Loads a checkpoint after verifying the sizes and hashes of its files.
   *
   * @throws IOException if it is absent or damaged; the message names the file and the latest
   *     intact checkpoint before it
   */
  public Checkpoint load(long step) throws IOException {
    return load(step, all -> all);
  }

  /** Loads the parts chosen from the names of all; the others may be damaged. */
  Checkpoint load(long step, UnaryOperator<Set<String>> choice) throws IOException {
    if (!Files.isDirectory(path(step))) {
      throw new IOException(folder + " has no checkpoint of step " + step + ", only of " + steps());
    }
    try {
      Map<String, Object> recorded = Manifest.read(path(step), step);
      Set<String> chosen = choice.apply(recorded.keySet());
      Checkpoint.require(chosen, recorded.keySet());
      Map<String, Safetensors> parts = new TreeMap<>();
      for (String part :
          new TreeSet<>(chosen)) { // in order, so the message names the first damaged file
        parts.put(part, Safetensors.read(verified(step, part, recorded.get(part))));
      }
      return new Checkpoint(step, parts);
    } catch (Manifest.DamagedException e) {
      throw new IOException(e.getMessage() + "; " + recovery(step), e);
    }
  }

  /** Verifies the file of a part and returns it. */
  private Path verified(long step, String part, Object recorded) throws IOException {
    Path file = path(step).resolve(part + Manifest.EXTENSION);
    Manifest.verify(file, recorded);
    return file;
  }

  private void prune() throws IOException {
    List<Long> steps = steps();
    remove(steps.stream().limit(Math.max(0, steps.size() - keep)).map(this::path).toList());
  }

  /** Renames a checkpoint before deleting it, so that a partial one never looks complete. */
  private void delete(Path checkpoint) throws IOException {
    Path unfinished = folder.resolve(UNFINISHED + checkpoint.getFileName());
    PathUtils.delete(Files.move(checkpoint, unfinished, StandardCopyOption.ATOMIC_MOVE));
  }

  private boolean isIntact(long step) throws IOException {
    try {
      for (var part : Manifest.read(path(step), step).entrySet()) {
        Path unused = verified(step, part.getKey(), part.getValue());
      }
      return true;
    } catch (Manifest.DamagedException e) {
      return false;
    }
  }

  private String recovery(long damaged) throws IOException {
    for (long step : steps().stream().sorted(Comparator.reverseOrder()).toList()) {
      if (step < damaged && isIntact(step)) {
        return "to resume from step %d, the latest intact checkpoint before it, remove or rename %s"
            .formatted(step, path(damaged));
      }
    }
    return "no older checkpoint is intact; remove " + path(damaged) + " and start the run again";
  }
}
