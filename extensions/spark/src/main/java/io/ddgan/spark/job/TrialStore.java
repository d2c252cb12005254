package io.ddgan.spark.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies of a trial's run in a store. Each attempt writes under a prefix of its own, the bytes of
 * files first and then a manifest, and writes nothing twice.
 */
final class TrialStore {

  private static final String MANIFEST = ".manifest";
  private static final Pattern STEP = Pattern.compile("\"step\"\\s*:\\s*(\\d{1,18})");
  private static final int TRIES = 10;

  private final Store store;
  private final String trial;
  private final Map<String, RunCopy.Kept> known = new HashMap<>();
  private Optional<String> prefix = Optional.empty();
  private int copies;

  /**
   * The copies of a trial.
   *
   * @param trial its name, that of its folder in the store
   */
  TrialStore(Store store, String trial) {
    this.store = store;
    this.trial = trial;
  }

  /** The copies of which no file is missing, those first that are farthest. */
  private List<RunCopy> copies() throws IOException {
    Set<String> places = new HashSet<>();
    List<RunCopy> found = new ArrayList<>();
    for (String attempt : store.names(trial)) {
      for (String name : store.names(trial + "/" + attempt)) {
        String place = attempt + "/" + name;
        places.add(place);
        if (name.endsWith(MANIFEST)) {
          RunCopy.of(place, text(place)).ifPresent(found::add);
        }
      }
    }
    found.removeIf(
        copy -> !copy.files().stream().map(RunCopy.Kept::place).allMatch(places::contains));
    found.sort(Comparator.comparing(RunCopy::step).thenComparing(RunCopy::name).reversed());
    return found;
  }

  private String text(String name) throws IOException {
    Optional<InputStream> file = store.read(trial + "/" + name);
    if (file.isEmpty()) {
      return "";
    }
    try (InputStream in = file.get()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The steps of the farthest copy; empty if there is none. */
  Optional<Long> step() throws IOException {
    return copies().stream().findFirst().map(RunCopy::step);
  }

  /**
   * Writes the farthest copy of which every byte is there.
   *
   * @param run a folder that is not there yet
   * @return whether there is one
   */
  boolean fetch(Path run) throws IOException {
    for (RunCopy copy : copies()) {
      if (fetch(copy, run)) {
        return true;
      }
      LocalFiles.delete(run);
      known.clear();
    }
    return false;
  }

  private boolean fetch(RunCopy copy, Path run) throws IOException {
    for (RunCopy.Kept file : copy.files()) {
      Path target = run.resolve(file.path()).normalize();
      if (!target.startsWith(run) || !fetch(file, target)) {
        return false;
      }
      known.put(file.path(), file);
    }
    return true;
  }

  private boolean fetch(RunCopy.Kept file, Path target) throws IOException {
    Optional<InputStream> kept = store.read(trial + "/" + file.place());
    if (kept.isEmpty()) {
      return false;
    }
    Files.createDirectories(target.getParent());
    try (DigestInputStream in = new DigestInputStream(kept.get(), sha256())) {
      long size = Files.copy(in, target);
      return size == file.size() && hash(in).equals(file.sha256());
    }
  }

  /** Keeps a copy of a run as it is, while a process may be writing to it. */
  void keep(Path run) throws IOException {
    for (int i = 1; ; i++) {
      try {
        keepOnce(run);
        return;
      } catch (NoSuchFileException e) { // a checkpoint that has become too old meanwhile
        if (i == TRIES) {
          throw e;
        }
      }
    }
  }

  private void keepOnce(Path run) throws IOException {
    String attempt = prefix();
    long step = step(run); // first: what is read after it is not older
    List<RunCopy.Kept> files = new ArrayList<>();
    for (Path file : LocalFiles.in(run)) {
      files.add(keep(attempt, file, run.relativize(file).toString().replace('\\', '/')));
    }
    String name = "%s/%08d%s".formatted(attempt, copies++, MANIFEST);
    try (OutputStream out = store.write(trial + "/" + name)) {
      out.write(new RunCopy(step, name, files).text().getBytes(StandardCharsets.UTF_8));
    }
  }

  private RunCopy.Kept keep(String attempt, Path file, String path) throws IOException {
    Optional<RunCopy.Kept> before = Optional.ofNullable(known.get(path));
    if (before.isPresent() && before.get().sha256().equals(hash(file))) {
      return before.get();
    }
    String place = "%s/%s".formatted(attempt, UUID.randomUUID());
    try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), sha256());
        OutputStream out = store.write(trial + "/" + place)) {
      long read = in.transferTo(out);
      RunCopy.Kept kept = new RunCopy.Kept(path, read, hash(in), place);
      known.put(path, kept);
      return kept;
    }
  }

  /** Of attempts that follow each other the later has the later name. */
  private String prefix() throws IOException {
    if (prefix.isEmpty()) {
      String own = UUID.randomUUID().toString().substring(0, 8);
      prefix = Optional.of("%08d-%s".formatted(store.names(trial).size(), own));
    }
    return prefix.get();
  }

  /** The steps that a run has done, by what it says itself; 0 if it says nothing. */
  static long step(Path run) throws IOException {
    Path progress = run.resolve("progress.json");
    if (!Files.exists(progress)) {
      return 0;
    }
    Matcher step = STEP.matcher(Files.readString(progress));
    return step.find() ? Long.parseLong(step.group(1)) : 0;
  }

  /** Removes all copies. */
  void delete() throws IOException {
    store.delete(trial);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Of the bytes, as two files of one size may have been written within a clock's tick. */
  private static String hash(Path file) throws IOException {
    try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      return hash(in);
    }
  }

  private static String hash(DigestInputStream in) {
    return HexFormat.of().formatHex(in.getMessageDigest().digest());
  }
}
