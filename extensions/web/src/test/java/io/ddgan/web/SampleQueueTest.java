package io.ddgan.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Model.Draw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SampleQueueTest {

  private static final int BATCH = 4;

  private final Numbers model = new Numbers();
  private final SampleQueue queue = new SampleQueue(model::sample, BATCH, Duration.ofSeconds(20));

  @AfterEach
  void end() throws InterruptedException {
    model.turns.release(1000);
    queue.end();
  }

  @Test
  void requestsThatWaitTogetherShareBatches() throws Exception {
    CompletableFuture<float[]> first = ask(1, 1);
    model.awaitTurn(); // the first one alone is being computed
    CompletableFuture<float[]> second = ask(2, 3);
    awaitWaiting();
    CompletableFuture<float[]> third = ask(3, 5);
    model.turns.release(1000);
    assertArrayEquals(examples(1, 1), first.get());
    assertArrayEquals(examples(2, 3), second.get());
    assertArrayEquals(examples(3, 5), third.get());
    assertEquals(9, model.batches.stream().mapToInt(Integer::intValue).sum());
    assertTrue(model.batches.size() <= 4, model.batches::toString);
  }

  @Test
  void aSmallRequestNeedNotWaitForAllOfLargeOnes() throws Exception {
    CompletableFuture<float[]> large = ask(1, 100 * BATCH);
    model.awaitTurn();
    CompletableFuture<float[]> another = ask(2, 100 * BATCH);
    awaitWaiting();
    CompletableFuture<float[]> small = ask(3, 1);
    awaitWaiting();
    model.turns.release(2);
    assertArrayEquals(examples(3, 1), small.get());
    assertTrue(!large.isDone() && !another.isDone());
    model.turns.release(1000);
    assertArrayEquals(examples(1, 100 * BATCH), large.get());
    assertArrayEquals(examples(2, 100 * BATCH), another.get());
  }

  @Test
  void whoHasWaitedTooLongIsToldSoAndNothingMoreIsComputedForThem() throws Exception {
    SampleQueue impatient = new SampleQueue(model::sample, BATCH, Duration.ofMillis(50));
    assertThrows(TimeoutException.class, () -> impatient.sample(draws(1, 10 * BATCH)));
    model.turns.release(1000);
    impatient.end();
    assertEquals(List.of(BATCH), model.batches, "what had begun");
  }

  @Test
  void whatWasAcceptedIsComputedBeforeTheEnd() throws Exception {
    CompletableFuture<float[]> last = ask(1, 3 * BATCH);
    model.awaitTurn();
    model.turns.release(1000);
    queue.end();
    assertArrayEquals(examples(1, 3 * BATCH), last.get());
    assertThrows(IllegalStateException.class, () -> queue.sample(draws(2, 1)));
  }

  @Test
  void whatNobodyForesawFailsItsRequestsAndNoLaterOnes() throws Exception {
    model.turns.release(1000);
    CompletableFuture<float[]> first = ask(Numbers.NO_MEMORY, 1000);
    Throwable cause = assertThrows(ExecutionException.class, first::get).getCause();
    assertEquals(OutOfMemoryError.class, cause.getCause().getClass());
    assertArrayEquals(examples(2, 1), ask(2, 1).get());
  }

  private CompletableFuture<float[]> ask(long seed, int count) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return queue.sample(draws(seed, count));
          } catch (TimeoutException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        work -> new Thread(work).start());
  }

  /** Until a request that was sent has reached the queue. */
  private static void awaitWaiting() throws InterruptedException {
    Thread.sleep(200);
  }

  private static List<Draw> draws(long seed, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Draw(seed, i, Optional.empty(), Optional.empty()))
        .toList();
  }

  private static float[] examples(long seed, int count) {
    return Numbers.of(draws(seed, count));
  }

  /** Makes a number of each seed and number, as often as it is let. */
  private static final class Numbers {

    static final long NO_MEMORY = 14;

    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore turns = new Semaphore(0);
    private final Semaphore asked = new Semaphore(0);

    static float[] of(List<Draw> draws) {
      float[] numbers = new float[draws.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = 1000 * draws.get(i).seed() + draws.get(i).index();
      }
      return numbers;
    }

    /** Until a batch waits to be computed. */
    void awaitTurn() throws InterruptedException {
      asked.acquire();
    }

    float[] sample(List<Draw> draws) {
      batches.add(draws.size());
      asked.release();
      turns.acquireUninterruptibly();
      if (draws.get(0).seed() == NO_MEMORY) {
        throw new OutOfMemoryError("none is left");
      }
      return of(draws);
    }
  }
}
