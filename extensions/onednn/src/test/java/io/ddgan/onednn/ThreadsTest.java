package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.engine.Engine;
import io.ddgan.engine.Kernel;
import io.ddgan.layers.Convolution;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.GroupNorm;
import io.ddgan.layers.Resampler;
import io.ddgan.layers.SelfAttention;
import io.ddgan.layers.Silu;
import io.ddgan.onednn.runtime.WorkerThreads;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.nativeblas.NativeOpsHolder;

@Tag("slow")
class ThreadsTest {

  /**
   * With every kind of kernel: Winograd of few and many weights, of columns and direct, sums,
   * products, copies, functions.
   */
  private static final Comparison NETWORK =
      new Comparison(
          DataShape.image(3, 32, 32),
          7,
          (p, x) -> {
            FeatureMap y = Convolution.same(16, 3).apply(p.child("a"), x);
            FeatureMap z = GroupNorm.of(16).apply(p.child("b"), y).map(Silu::of);
            FeatureMap half = Resampler.binomial().down(p, z);
            FeatureMap deep = Convolution.same(32, 3).apply(p.child("c"), half);
            FeatureMap seen = new SelfAttention(true).apply(p.child("d"), deep);
            FeatureMap less = Resampler.binomial().down(p, seen);
            FeatureMap many = Convolution.same(192, 3).apply(p.child("i"), less);
            FeatureMap more = Convolution.same(224, 3).apply(p.child("j"), many);
            FeatureMap last = Convolution.of(8, 3).stride(2).apply(p.child("e"), more);
            FeatureMap wide = Convolution.same(288, 3).apply(p.child("f"), last);
            FeatureMap small = Convolution.of(208, 3).stride(3).apply(p.child("g"), wide);
            return Convolution.same(200, 3).apply(p.child("h"), small).value();
          });

  @Test
  void theBitsAreTheSameWithAnyNumberOfThreads() {
    Map<String, float[]> expected = NETWORK.on(engine(1));
    for (int threads = 2; threads <= 5; threads++) {
      Map<String, float[]> actual = NETWORK.on(engine(threads));
      expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), name));
    }
  }

  private static Engine engine(int threads) {
    return Tested.engine(true, threads);
  }

  @Test
  void plansWithFewConvolutionsAreLeftToNd4j() {
    Comparison small =
        new Comparison(
            DataShape.image(3, 8, 8), 2, (p, x) -> Convolution.same(4, 3).apply(p, x).value());
    Map<String, float[]> expected = small.on(Engine.nd4j());
    Map<String, float[]> actual = small.on(new OnednnEngine(true, false));
    expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), name));
  }

  @Test
  void anEngineWhosePlansAreAllOfNd4jStartsNoThreads() {
    Engine engine =
        new OnednnEngine(
            true,
            () -> {
              throw new IllegalStateException("threads are started");
            },
            0,
            false);
    AtomicInteger ran = new AtomicInteger();
    engine.run(List.of(ran::incrementAndGet, ran::incrementAndGet));
    assertEquals(2, ran.get());
  }

  @Test
  void whatAKernelThrowsComesThroughAndNd4jKeepsItsThreads() {
    Engine engine = engine(2);
    NETWORK.on(engine);
    var operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int before = operations.ompGetMaxThreads();
    IllegalStateException thrown = new IllegalStateException("not finite");
    Kernel failing =
        () -> {
          assertEquals(1, operations.ompGetMaxThreads(), "it has no threads but its own");
          throw thrown;
        };
    assertSame(
        thrown, assertThrows(IllegalStateException.class, () -> engine.run(List.of(failing))));
    assertEquals(before, operations.ompGetMaxThreads());
  }

  @Test
  void everyPartIsDoneOnce() {
    WorkerThreads workers = new WorkerThreads(3, () -> {});
    for (int round = 0; round < 1000; round++) {
      AtomicIntegerArray done = new AtomicIntegerArray(8);
      workers.run(8, (part, worker) -> done.incrementAndGet(part));
      for (int i = 0; i < 8; i++) {
        assertEquals(1, done.get(i));
      }
    }
  }

  @Test
  void threadsShareThePartsThatTakeLong() {
    WorkerThreads workers = new WorkerThreads(3, () -> {});
    CountDownLatch begun = new CountDownLatch(3);
    Set<Integer> by = ConcurrentHashMap.newKeySet();
    workers.run(
        3,
        (part, worker) -> {
          by.add(worker);
          begun.countDown();
          await(begun);
        });
    assertEquals(Set.of(0, 1, 2), by);
  }

  @Test
  void aThreadThatDoesNotComeIsNotWaitedFor() {
    CountDownLatch end = new CountDownLatch(1);
    WorkerThreads workers = new WorkerThreads(2, () -> await(end));
    List<Integer> by = Collections.synchronizedList(new ArrayList<>());
    workers.run(8, (part, worker) -> by.add(worker));
    assertEquals(Collections.nCopies(8, 0), by);
    end.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(1, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void threadsThatHaveNothingToDoEndAndOthersTakeTheirPlaces() throws InterruptedException {
    WorkerThreads workers = new WorkerThreads(4, () -> {}, Duration.ofMillis(10));
    for (int round = 0; round < 40; round++) {
      AtomicIntegerArray done = new AtomicIntegerArray(8);
      workers.run(8, (part, worker) -> done.incrementAndGet(part));
      for (int i = 0; i < 8; i++) {
        assertEquals(1, done.get(i));
      }
      Thread.sleep(round); // now shorter, now longer than they wait
    }
  }

  @Test
  void aThreadWithoutWorkSleepsUntilThereIsSome() throws InterruptedException {
    Set<Thread> others = Thread.getAllStackTraces().keySet();
    WorkerThreads workers = new WorkerThreads(2, () -> {});
    Thread helper =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !others.contains(thread) && thread.getName().equals("worker-1"))
            .findFirst()
            .orElseThrow();
    while (helper.getState() != Thread.State.TIMED_WAITING) {
      Thread.sleep(1);
    }
    helper.interrupt(); // it sleeps on
    Thread.sleep(50);
    long sleeps = sleeps(helper);
    Thread.sleep(200);
    assertEquals(sleeps, sleeps(helper));
    assertEquals(Thread.State.TIMED_WAITING, helper.getState());
    CountDownLatch begun = new CountDownLatch(2);
    workers.run(
        2,
        (part, worker) -> {
          begun.countDown();
          await(begun);
        });
  }

  private static long sleeps(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId()).getWaitedCount();
  }

  @Test
  void aFailureOfAPartIsTheKernelsAndTheNextOneRuns() {
    WorkerThreads workers = new WorkerThreads(3, () -> {});
    IllegalStateException e =
        Assertions.assertThrows(
            IllegalStateException.class,
            () ->
                workers.run(
                    6,
                    (part, worker) -> {
                      if (part == 4) {
                        throw new IllegalArgumentException("no part 4");
                      }
                    }));
    assertEquals("a part of a kernel failed: no part 4", e.getMessage());
    List<Integer> parts = Collections.synchronizedList(new ArrayList<>());
    workers.run(6, (part, worker) -> parts.add(part));
    assertEquals(6, parts.size());
  }
}
