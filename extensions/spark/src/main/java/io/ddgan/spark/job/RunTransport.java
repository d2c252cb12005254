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

  /** Keeps what the sweep has of a trial, unless the store has more. */
  void bring(Order order) throws IOException {
    Path run = Path.of(order.folder());
    TrialStore copies = new TrialStore(store, order.name());
    if (Files.isDirectory(run) && copies.step().orElse(-1L) < TrialStore.step(run)) {
      copies.keep(run);
    }
  }

  /** Puts what the store has of a trial where the sweep looks for it, and only then lets it go. */
  void deliver(Order order) throws IOException {
    Path run = Path.of(order.folder());
    Path fetched = run.resolveSibling("." + run.getFileName() + ".fetched");
    LocalFiles.delete(fetched);
    TrialStore copies = new TrialStore(store, order.name());
    if (!copies.fetch(fetched)) {
      return;
    }
    if (Files.isDirectory(run) && TrialStore.step(run) > TrialStore.step(fetched)) {
      LocalFiles.delete(fetched);
      throw new IOException("the copies there are behind " + run);
    }
    LocalFiles.delete(run);
    Files.move(fetched, run);
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
}
