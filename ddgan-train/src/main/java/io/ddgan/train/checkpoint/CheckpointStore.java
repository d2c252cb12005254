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
 * The checkpoints of a run, a folder each, named by the step. A checkpoint is written into a hidden
 * folder beside its place, which is renamed when all is on the disk, so that a checkpoint is whole
 * or absent. Steps are padded to 8 digits so that a listing shows them in their order.
 */
public final class CheckpointStore {

  private static final Pattern NAME = Pattern.compile("\\d{8,18}");
  private static final String UNFINISHED = ".unfinished-";

  private final Path folder;
  private final int keep;

  /**
   * A store of which the latest checkpoints are kept, so many, in a folder that may not exist yet.
   */
  public CheckpointStore(Path folder, int keep) {
    this.folder = folder;
    this.keep = keep;
  }

  /** A store of which one checkpoint is kept, or which is only read. */
  public CheckpointStore(Path folder) {
    this(folder, 1);
  }

  /**
   * Saves a checkpoint and removes those that are not to be kept. A step that has an intact
   * checkpoint already is left as it is.
   *
   * @throws IOException if it cannot be written; older checkpoints are untouched
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
   * Removes what a killed process may have left: half-written checkpoints and those that were not
   * to be kept. Only for the process that may write to the run.
   */
  public void tidy() throws IOException {
    remove(matching(UNFINISHED + "*"));
    prune();
  }

  /** Folders whose names a pattern matches; none if no checkpoint was ever saved. */
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

  /** The number of parameters of each part of a checkpoint, without reading them. */
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

  /** Removes the checkpoints of later steps than one. */
  public void removeAfter(long last) throws IOException {
    remove(steps().stream().filter(step -> step > last).map(this::path).toList());
  }

  /**
   * The folders that could go: what a killed process has left half-written, and checkpoints from
   * before the latest intact ones that are to be kept. Damaged ones do not count as kept.
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

  /** Removes checkpoints and what is left of some; only for the process that writes to the run. */
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

  /** The steps that have a checkpoint, from the first to the latest. */
  public List<Long> steps() throws IOException {
    return matching("*").stream()
        .filter(entry -> NAME.matcher(entry.getFileName().toString()).matches())
        .filter(Files::isDirectory)
        .map(entry -> Long.valueOf(entry.getFileName().toString()))
        .sorted()
        .toList();
  }

  /** The step of the latest checkpoint, intact or not. */
  public OptionalLong latest() throws IOException {
    return steps().stream().mapToLong(step -> step).max();
  }

  /** The folder of a step's checkpoint. */
  public Path path(long step) {
    return folder.resolve("%08d".formatted(step));
  }

  /**
   * Loads a checkpoint after comparing its files with the sizes and hashes that were noted when it
   * was saved.
   *
   * @throws IOException if it is absent or damaged; the message names the file and says how to go
   *     on from the latest intact checkpoint
   */
  public Checkpoint load(long step) throws IOException {
    return load(step, all -> all);
  }

  /** Loads some parts of a checkpoint, chosen of the names of all; the others may be damaged. */
  Checkpoint load(long step, UnaryOperator<Set<String>> choice) throws IOException {
    if (!Files.isDirectory(path(step))) {
      throw new IOException(
          "there is no checkpoint of step " + step + " in " + folder + ", only of " + steps());
    }
    try {
      Map<String, Object> noted = Manifest.read(path(step), step);
      Set<String> chosen = choice.apply(noted.keySet());
      Checkpoint.require(chosen, noted.keySet());
      Map<String, Safetensors> parts = new TreeMap<>();
      for (String part :
          new TreeSet<>(chosen)) { // in this order, so that of two the first is named
        parts.put(part, Safetensors.read(verified(step, part, noted.get(part))));
      }
      return new Checkpoint(step, parts);
    } catch (Manifest.DamagedException e) {
      throw new IOException(e.getMessage() + "; " + wayOut(step), e);
    }
  }

  /** The file of a part, compared with what was noted of it. */
  private Path verified(long step, String part, Object noted) throws IOException {
    Path file = path(step).resolve(part + Manifest.EXTENSION);
    Manifest.verify(file, noted);
    return file;
  }

  private void prune() throws IOException {
    List<Long> steps = steps();
    remove(steps.stream().limit(Math.max(0, steps.size() - keep)).map(this::path).toList());
  }

  /** Renames a checkpoint first, so that one that is half deleted is never taken for whole. */
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

  private String wayOut(long damaged) throws IOException {
    for (long step : steps().stream().sorted(Comparator.reverseOrder()).toList()) {
      if (step < damaged && isIntact(step)) {
        return "to go on from step %d, the latest intact one before it, remove or rename %s and resume"
            .formatted(step, path(damaged));
      }
    }
    return "no older checkpoint is intact; remove " + path(damaged) + " and start the run again";
  }
}
