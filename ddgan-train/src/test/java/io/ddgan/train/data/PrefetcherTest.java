package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.RefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class PrefetcherTest {

  private final Readers readers = Readers.start(2);

  @AfterEach
  void endReaders() {
    readers.close();
  }

  @Test
  void returnsStepsInOrderFromAnyFirstStep() throws Exception {
    try (Prefetcher<String> prefetcher = Prefetcher.start(readers, 7, 3, step -> "step " + step)) {
      for (long step = 7; step < 200; step++) {
        assertEquals("step " + step, prefetcher.next());
      }
    }
  }

  @Test
  void preparesAheadInAnotherThreadUpToALimit() throws Exception {
    CountDownLatch three = new CountDownLatch(3);
    AtomicLong last = new AtomicLong(-1);
    Prefetcher<Thread> prefetcher =
        Prefetcher.start(
            readers,
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
    assertTrue(worker.isDaemon());
    assertTrue(last.get() <= 3, "at most one step more than was taken and may be ready");
  }

  @Test
  void returnsReadyStepsThenTheReadersFailure() throws Exception {
    IOException cause = new EOFException("the file ended");
    try (Prefetcher<Long> prefetcher =
        Prefetcher.start(
            readers,
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
        assertSame(cause, assertThrows(IOException.class, prefetcher::next));
      }
    }
  }

  @ParameterizedTest
  @MethodSource
  void rethrowsOtherFailuresUnchanged(Throwable failure) {
    Prefetcher<Long> failing =
        Prefetcher.start(
            readers,
            0,
            3,
            step -> {
              if (failure instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) failure;
            });
    assertSame(failure, assertThrows(failure.getClass(), failing::next));
  }

  static Stream<Throwable> rethrowsOtherFailuresUnchanged() {
    return Stream.of(new LinkageError("another version"), new RefusedException("no such example"));
  }

  @Test
  void closingWaitsForThePreparationWithoutInterrupt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Boolean> undisturbed = new CompletableFuture<>();
    Prefetcher<Long> prefetcher =
        Prefetcher.start(
            readers,
            0,
            2,
            step -> {
              begun.countDown();
              try {
                goOn.await();
                undisturbed.complete(true);
              } catch (InterruptedException e) {
                undisturbed.complete(false);
              }
              return step;
            });
    begun.await();
    Thread closer = new Thread(prefetcher::close);
    closer.start();
    while (closer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertFalse(undisturbed.isDone());
    goOn.countDown();
    closer.join();
    assertTrue(undisturbed.getNow(false));
  }
}
