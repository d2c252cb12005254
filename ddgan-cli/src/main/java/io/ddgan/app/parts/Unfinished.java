package io.ddgan.app.parts;

import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.LockedFolder;
import io.ddgan.internal.file.Writable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The folders in the cache with what long work has not finished. Those that nobody has gone on with
 * for a week are removed.
 */
public final class Unfinished {

  private static final Duration KEPT = Duration.ofDays(7);

  private final Path folder;
  private final Set<Path> own = new LinkedHashSet<>();

  private Unfinished(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder where it is missing, and room in it.
   *
   * @throws IOException if it cannot be read or written; the message names it
   */
  public static Unfinished in(Path cache) throws IOException {
    Path folder = cache.resolve("unfinished");
    Writable.requireWithin(folder, "name another cache with --cache");
    try {
      Files.createDirectories(folder);
      Instant latest = Instant.now().minus(KEPT);
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
        for (Path each : all) {
          removeIfOlder(each, latest);
        }
      }
    } catch (IOException e) {
      throw FileErrors.writing(cache, e);
    }
    return new Unfinished(folder);
  }

  /** A folder changes with every name in it, and rows are noted under a new one. */
  private static void removeIfOlder(Path store, Instant latest) {
    try {
      if (Files.getLastModifiedTime(store).toInstant().isBefore(latest)) {
        LockedFolder.deleteUnlessLocked(store);
      }
    } catch (IOException e) { // another process removes it, too
      System.getLogger(Unfinished.class.getName()).log(Level.DEBUG, "left " + store, e);
    }
  }

  /** One that this work is done in. */
  public Path add(String name) {
    Path store = folder.resolve(name);
    own.add(store);
    return store;
  }

  /** Removes those that this work was done in. */
  public void forget() throws IOException {
    for (Path store : own) {
      LockedFolder.deleteUnlessLocked(store);
    }
    own.clear();
  }
}
