package io.ddgan.spark.job;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.io.FileUtils;

/**
 * Copies of a trial's run in a store. Each copy is an archive, followed by a file with its hash,
 * which reveals truncated and damaged archives.
 *
 * @param store the store of the copies
 * @param trial the trial's name, and that of its folder in the store
 */
record TrialStore(Store store, String trial) {

  private static final String HASH = ".sha256";
  private static final Pattern STEP = Pattern.compile("\"step\"\\s*:\\s*(\\d{1,18})");
  private static final int COPIES = 2;
  private static final String REPLACED = "replaced";

  /** Uploads the sweep's copy of the run, unless the store has a newer one. */
  void bring(Path run) throws IOException {
    restore(run);
    if (Files.isDirectory(run) && step().orElse(-1L) <= step(run)) {
      keep(run);
    }
  }

  /**
   * Moves the newest copy to the sweep's folder, then deletes it from the store.
   *
   * @param sweepLog file to which the trial's output is appended
   */
  void deliver(Path run, Path sweepLog) throws IOException {
    restore(run);
    Path fetched = sibling(run, "fetched");
    FileUtils.deleteDirectory(fetched.toFile());
    if (!fetch(fetched)) {
      return;
    }
    if (Files.isDirectory(run) && step(run) > step(fetched)) {
      FileUtils.deleteDirectory(fetched.toFile());
      throw new IOException("the stored copies are older than " + run);
    }
    if (Files.exists(run)) {
      Files.move(run, sibling(run, REPLACED));
    }
    Files.move(fetched, run);
    FileUtils.deleteDirectory(sibling(run, REPLACED).toFile());
    Path log = run.resolve(TrialTask.LOG);
    if (Files.exists(log)) {
      Files.write(
          sweepLog, Files.readAllBytes(log), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Files.delete(log);
    }
    store.delete(trial);
  }

  /** Restores a run that a killed process has moved away and not replaced. */
  private static void restore(Path run) throws IOException {
    Path replaced = sibling(run, REPLACED);
    if (Files.exists(replaced) && !Files.exists(run)) {
      Files.move(replaced, run);
    }
    FileUtils.deleteDirectory(replaced.toFile());
  }

  private static Path sibling(Path run, String what) {
    return run.resolveSibling(".%s.%s".formatted(run.getFileName(), what));
  }

  /** Returns the archives with a hash, by descending steps and age. */
  private List<String> archives() throws IOException {
    Set<String> names = Set.copyOf(store.names(trial));
    return names.stream()
        .filter(name -> names.contains(name + HASH))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** Returns the training steps of the newest copy; empty if there is none. */
  Optional<Long> step() throws IOException {
    return archives().stream().findFirst().map(name -> Long.valueOf(name.split("-", 2)[0]));
  }

  /**
   * Extracts the newest intact copy.
   *
   * @param run a folder that does not exist
   * @return whether there is one
   */
  boolean fetch(Path run) throws IOException {
    for (String archive : archives()) {
      Optional<InputStream> bytes = store.read(trial + "/" + archive);
      Optional<InputStream> hash = store.read(trial + "/" + archive + HASH);
      if (bytes.isPresent() && hash.isPresent() && unpack(bytes.get(), hash.get(), run)) {
        return true;
      }
      FileUtils.deleteDirectory(run.toFile());
    }
    return false;
  }

  private static boolean unpack(InputStream archive, InputStream hash, Path run)
      throws IOException {
    DigestInputStream bytes = new DigestInputStream(archive, sha256());
    try (hash;
        ZipInputStream zip = new ZipInputStream(bytes)) {
      Files.createDirectories(run);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = run.resolve(entry.getName()).normalize();
        if (!file.startsWith(run)) {
          return false;
        }
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
      bytes.transferTo(OutputStream.nullOutputStream()); // the rest, with the archive's directory
      return Arrays.equals(hash.readAllBytes(), bytes.getMessageDigest().digest());
    } catch (EOFException
        | ZipException
        | FileAlreadyExistsException
        | IllegalArgumentException e) {
      return false; // not an intact archive
    }
  }

  /**
   * Uploads a copy of a run, which a process may be writing.
   *
   * @throws NoSuchFileException if a checkpoint was removed because a newer one was saved; retry to
   *     upload that
   */
  void keep(Path run) throws IOException {
    long step = step(run); // first: files read later are not older
    String name = "%018d-%08d-%s".formatted(step, number(), UUID.randomUUID());
    MessageDigest digest = sha256();
    try (ZipOutputStream zip =
        new ZipOutputStream(new DigestOutputStream(store.write(trial + "/" + name), digest))) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (Path file : files(run)) {
        zip.putNextEntry(new ZipEntry(run.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
      }
    }
    try (OutputStream hash = store.write(trial + "/" + name + HASH)) {
      hash.write(digest.digest());
    }
    for (String old : archives().stream().skip(COPIES).toList()) {
      store.delete(trial + "/" + old + HASH);
      store.delete(trial + "/" + old);
    }
  }

  /** Returns all files in a folder and below it; some may have been deleted since. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Returns the next number of a copy, which orders copies of the same step. */
  private long number() throws IOException {
    return 1
        + store.names(trial).stream()
            .mapToLong(name -> Long.parseLong(name.split("-", 3)[1]))
            .max()
            .orElse(-1);
  }

  /** Returns a run's training steps as in its {@code progress.json}; 0 if there is none. */
  static long step(Path run) throws IOException {
    Path progress = run.resolve("progress.json");
    if (!Files.exists(progress)) {
      return 0;
    }
    Matcher step = STEP.matcher(Files.readString(progress));
    return step.find() ? Long.parseLong(step.group(1)) : 0;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
