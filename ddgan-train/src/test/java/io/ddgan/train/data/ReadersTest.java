package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadersTest {

  @Test
  void startsAllThreadsAtOnceAndStopsThemOnClose() throws InterruptedException {
    Set<Thread> before = readers();
    Readers three = Readers.start(3);
    Set<Thread> started = readers();
    started.removeAll(before);
    three.close();
    assertEquals(3, started.size());
    for (Thread reader : started) {
      reader.join();
    }
  }

  @Test
  void hasOneThreadPerProcessor() {
    Set<Thread> started = readers();
    Readers all = Readers.start();
    int before = started.size();
    started.addAll(readers());
    all.close();
    assertEquals(Runtime.getRuntime().availableProcessors(), started.size() - before);
  }

  private static Set<Thread> readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("reader-"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void readsEveryPartOnce() throws IOException {
    try (Readers readers = Readers.start(4)) {
      for (int count = 1; count < 100; count++) {
        int[] times = new int[count];
        readers.read(count, part -> times[part]++);
        for (int each : times) {
          assertEquals(1, each);
        }
      }
    }
  }

  @Test
  void readersMayReadWhileAllOthersAreBusy() throws InterruptedException {
    int works = 20;
    CountDownLatch done = new CountDownLatch(works);
    AtomicInteger parts = new AtomicInteger();
    try (Readers readers = Readers.start(2)) {
      for (int i = 0; i < works; i++) {
        readers.execute(
            () -> {
              try {
                readers.read(10, part -> parts.incrementAndGet());
                done.countDown();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
      }
      done.await();
    }
    assertEquals(10 * works, parts.get());
  }

  @Test
  void closingWaitsForWorkWithoutInterrupt() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Boolean> undisturbed = new CompletableFuture<>();
    Readers readers = Readers.start(2);
    readers.execute(
        () -> {
          begun.countDown();
          try {
            goOn.await();
            undisturbed.complete(true);
          } catch (InterruptedException e) {
            undisturbed.complete(false);
          }
        });
    begun.await();
    Thread closer = new Thread(readers::close);
    closer.start();
    while (closer.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    closer.join();
    assertTrue(undisturbed.getNow(false));
  }
}
