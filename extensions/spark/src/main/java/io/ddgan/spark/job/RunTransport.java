package io.ddgan.spark.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Carries runs between the sweep's folder and the store.
 *
 * @param store where the copies are
 */
record RunTransport(Store store) {

  private static final String REPLACED = "replaced";

  /** Keeps what the sweep has of a trial, unless the store has more. */
  void bring(Order order) throws IOException {
    Path run = Path.of(order.folder());
    restore(run);
    TrialStore copies = new TrialStore(store, order.name());
    if (Files.isDirectory(run) && copies.step().orElse(-1L) <= TrialStore.step(run)) {
      copies.keep(run);
    }
  }

  /** Puts what the store has of a trial where the sweep looks for it, and only then lets it go. */
  void deliver(Order order) throws IOException {
    Path run = Path.of(order.folder());
    restore(run);
    Path fetched = beside(run, "fetched");
    LocalFiles.delete(fetched);
    TrialStore copies = new TrialStore(store, order.name());
    if (!copies.fetch(fetched)) {
      return;
    }
    if (Files.isDirectory(run) && TrialStore.step(run) > TrialStore.step(fetched)) {
      LocalFiles.delete(fetched);
      throw new IOException("the copies there are behind " + run);
    }
    if (Files.exists(run)) {
      Files.move(run, beside(run, REPLACED));
    }
    Files.move(fetched, run);
    LocalFiles.delete(beside(run, REPLACED));
    Path log = run.resolve(TrialTask.LOG);
    if (Files.exists(log)) {
      Files.write(
          Path.of(order.log()),
          Files.readAllBytes(log),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      Files.delete(log);
    }
    copies.delete();
  }

  /** Puts back what a process that was killed has moved away, and not yet replaced. */
  private static void restore(Path run) throws IOException {
    Path replaced = beside(run, REPLACED);
    if (Files.exists(replaced) && !Files.exists(run)) {
      Files.move(replaced, run);
    }
    LocalFiles.delete(replaced);
  }

  private static Path beside(Path run, String what) {
    return run.resolveSibling(".%s.%s".formatted(run.getFileName(), what));
  }
}
