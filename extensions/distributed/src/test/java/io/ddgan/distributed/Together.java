package io.ddgan.distributed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads in place of processes, which talk to each other as processes do. */
final class Together {

  private Together() {}

  /** What each does. */
  @FunctionalInterface
  interface Work<T> {

    T run(RankConnections peers) throws Exception;
  }

  /**
   * Lets so many work, and waits for all.
   *
   * @param folder where they meet
   * @return what came out, in the order of their ranks
   */
  static <T> List<T> work(Path folder, int count, Work<T> work)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<T>> all = new ArrayList<>();
      for (int rank = 0; rank < count; rank++) {
        int own = rank;
        all.add(
            threads.submit(
                () -> {
                  try (RankConnections peers =
                      RankConnections.meet(
                          folder.resolve("meeting"), own, count, 60, () -> false)) {
                    return work.run(peers);
                  }
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : all) {
        results.add(each.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
