package io.ddgan.spark.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies of a trial's run in a store. Each attempt writes under a prefix of its own, the bytes of
 * files first and then a manifest, and writes nothing twice.
 */
final class TrialStore {

  private static final String MANIFEST = ".manifest";
  private static final String FORMAT = "ddgan-run-1";
  private static final Pattern STEP = Pattern.compile("\"step\"\\s*:\\s*(\\d{1,18})");

  private final Store store;
  private final String trial;
  private final Map<String, Kept> known = new HashMap<>();
  private Optional<String> prefix = Optional.empty();
  private int copies;

  /**
   * A file of a copy.
   *
   * @param place where its bytes are, within the trial's folder of the store
   * @param path within the run, with slashes
   */
  private record Kept(String sha256, String place, String path) {}

  /**
   * A run as it was at some time.
   *
   * @param step the steps of training that were done
   * @param name of its manifest; of two with as many steps the one with the later name is newer
   */
  private record Copy(long step, String name, List<Kept> files) {

    String text() {
      StringBuilder text = new StringBuilder();
      text.append("%s %d %d\n".formatted(FORMAT, step, files.size()));
      for (Kept file : files) {
        text.append(Order.line(List.of(file.sha256(), file.place(), file.path()))).append('\n');
      }
      return text.toString();
    }

    /** Reads a manifest; empty if it is none, or cut. */
    static Optional<Copy> of(String name, String text) {
      List<String> lines = text.lines().toList();
      try {
        List<String> head = Order.words(lines.get(0));
        List<Kept> files =
            lines.stream()
                .skip(1)
                .map(Order::words)
                .map(words -> new Kept(words.get(0), words.get(1), words.get(2)))
                .toList();
        boolean isWhole =
            text.endsWith("\n")
                && head.get(0).equals(FORMAT)
                && Integer.parseInt(head.get(2)) == files.size();
        return isWhole
            ? Optional.of(new Copy(Long.parseLong(head.get(1)), name, files))
            : Optional.empty();
      } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  /**
   * The copies of a trial.
   *
   * @param trial its name, that of its folder in the store
   */
  TrialStore(Store store, String trial) {
    this.store = store;
    this.trial = trial;
  }

  /** The copies that have a whole manifest, those first that are farthest. */
  private List<Copy> copies() throws IOException {
    List<Copy> found = new ArrayList<>();
    for (String attempt : store.names(trial)) {
      for (String name : store.names(trial + "/" + attempt)) {
        if (name.endsWith(MANIFEST)) {
          String place = attempt + "/" + name;
          Copy.of(place, text(place)).ifPresent(found::add);
        }
      }
    }
    found.sort(Comparator.comparing(Copy::step).thenComparing(Copy::name).reversed());
    return found;
  }

  private String text(String place) throws IOException {
    Optional<InputStream> file = store.read(trial + "/" + place);
    if (file.isEmpty()) {
      return "";
    }
    try (InputStream in = file.get()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The steps of the farthest copy; empty if there is none. */
  Optional<Long> step() throws IOException {
    return copies().stream().findFirst().map(Copy::step);
  }

  /**
   * Writes the farthest copy of which every byte is there.
   *
   * @param run a folder that is not there yet
   * @return whether there is one
   */
  boolean fetch(Path run) throws IOException {
    for (Copy copy : copies()) {
      if (fetch(copy, run)) {
        return true;
      }
      LocalFiles.delete(run);
      known.clear();
    }
    return false;
  }

  private boolean fetch(Copy copy, Path run) throws IOException {
    for (Kept file : copy.files()) {
      Path target = run.resolve(file.path()).normalize();
      Optional<InputStream> kept = store.read(trial + "/" + file.place());
      if (kept.isEmpty() || !target.startsWith(run)) {
        return false;
      }
      Files.createDirectories(target.getParent());
      try (DigestInputStream in = new DigestInputStream(kept.get(), sha256())) {
        Files.copy(in, target);
        if (!hash(in).equals(file.sha256())) {
          return false;
        }
      }
      known.put(file.path(), file);
    }
    return true;
  }

  /**
   * Keeps a copy of a run as it is, while a process may be writing to it.
   *
   * @throws java.nio.file.NoSuchFileException if a checkpoint was removed meanwhile
   */
  void keep(Path run) throws IOException {
    if (prefix.isEmpty()) { // of attempts that follow each other the later has the later name
      String own = UUID.randomUUID().toString().substring(0, 8);
      prefix = Optional.of("%08d-%s".formatted(store.names(trial).size(), own));
    }
    long step = step(run); // first: what is read after it is not older
    List<Kept> files = new ArrayList<>();
    for (Path file : LocalFiles.in(run)) {
      files.add(keep(file, run.relativize(file).toString()));
    }
    String name = "%s/%08d%s".formatted(prefix.get(), copies++, MANIFEST);
    try (OutputStream out = store.write(trial + "/" + name)) {
      out.write(new Copy(step, name, files).text().getBytes(StandardCharsets.UTF_8));
    }
  }

  private Kept keep(Path file, String path) throws IOException {
    Optional<Kept> before = Optional.ofNullable(known.get(path));
    if (before.isPresent() && before.get().sha256().equals(hash(file))) {
      return before.get();
    }
    String place = "%s/%s".formatted(prefix.orElseThrow(), UUID.randomUUID());
    try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), sha256());
        OutputStream out = store.write(trial + "/" + place)) {
      in.transferTo(out);
      Kept kept = new Kept(hash(in), place, path);
      known.put(path, kept);
      return kept;
    }
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

  /** Of the bytes, since two files of one size may be written within a clock's tick. */
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
