package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrefetcherTest {

  @Test
  void givesOneStepAfterTheOtherFromAnyFirstStepOn() throws Exception {
    try (Prefetcher<String> prefetcher = Prefetcher.start(7, 3, step -> "step " + step)) {
      for (long step = 7; step < 200; step++) {
        assertEquals("step " + step, prefetcher.next());
      }
    }
  }

  @Test
  void preparesAheadInAThreadOfItsOwnButNotTooFar() throws Exception {
    CountDownLatch three = new CountDownLatch(3);
    AtomicLong last = new AtomicLong(-1);
    Prefetcher<Thread> prefetcher =
        Prefetcher.start(
            0,
            3,
            step -> {
              last.set(step);
              three.countDown();
              return Thread.currentThread();
            });
    three.await();
    Thread worker = prefetcher.next();
    prefetcher.close();
    assertFalse(worker == Thread.currentThread());
    assertFalse(worker.isAlive());
    assertEquals(true, worker.isDaemon());
    assertEquals(true, last.get() <= 3, "at most one step more than was taken and may be ready");
  }

  @Test
  void givesWhatWasReadyAndThenTheWorkersFailureAsOftenAsAsked() throws Exception {
    IOException cause = new EOFException("the file ended");
    try (Prefetcher<Long> prefetcher =
        Prefetcher.start(
            0,
            3,
            step -> {
              if (step == 2) {
                throw cause;
              }
              return step;
            })) {
      assertEquals(0, prefetcher.next());
      assertEquals(1, prefetcher.next());
      for (int i = 0; i < 2; i++) {
        IOException e = assertThrows(IOException.class, prefetcher::next);
        assertEquals("the file ended", e.getMessage());
        assertSame(cause, e.getCause());
      }
    }
  }

  @Test
  void anErrorInTheWorkerReachesTheConsumerToo() {
    Error cause = new OutOfMemoryError("not really");
    try (Prefetcher<Long> prefetcher =
        Prefetcher.start(
            0,
            3,
            step -> {
              throw cause;
            })) {
      IllegalStateException e = assertThrows(IllegalStateException.class, prefetcher::next);
      assertSame(cause, e.getCause());
    }
  }

  @Test
  void closingWakesAConsumerThatWaits() throws Exception {
    CountDownLatch neverBefore = new CountDownLatch(1);
    Prefetcher<Long> prefetcher =
        Prefetcher.start(
            0,
            1,
            step -> {
              try {
                neverBefore.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              return step;
            });
    CompletableFuture<Long> consumer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return prefetcher.next();
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    Thread closer = new Thread(prefetcher::close);
    closer.start();
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> consumer.get(30, TimeUnit.SECONDS));
    assertEquals("the prefetcher is closed", e.getCause().getMessage());
    neverBefore.countDown();
    closer.join();
  }

  @Test
  void nothingIsGivenAfterClosing() {
    Prefetcher<Long> prefetcher = Prefetcher.start(0, 2, step -> step);
    prefetcher.close();
    prefetcher.close();
    assertThrows(IllegalStateException.class, prefetcher::next);
  }
}
