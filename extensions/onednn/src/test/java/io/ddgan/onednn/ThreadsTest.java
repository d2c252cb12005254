package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.engine.Engine;
import io.ddgan.engine.Kernel;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.layers.Convolution;
import io.ddgan.layers.FeatureMap;
import io.ddgan.layers.GroupNorm;
import io.ddgan.layers.Resampler;
import io.ddgan.layers.SelfAttention;
import io.ddgan.layers.Silu;
import io.ddgan.onednn.runtime.WorkerThreads;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
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
  void theLastPlanToCloseEndsTheThreads() {
    Set<Thread> others = Thread.getAllStackTraces().keySet();
    Engine engine = engine(3);
    try (CompiledPlan first = small(engine)) {
      try (CompiledPlan second = small(engine)) {
        second.run();
      }
      first.run();
      assertEquals(2, since(others).size());
    }
    assertEquals(List.of(), since(others));
    CompiledPlan later = small(engine);
    later.run();
    assertEquals(2, since(others).size());
    later.close();
    later.close(); // has no effect
    assertEquals(List.of(), since(others));
  }

  private static CompiledPlan small(Engine engine) {
    Graph graph = new Graph(DataType.FLOAT, 8, DataShape.point(8192));
    SDVariable x = graph.input("x", 8, 8192);
    return CompiledPlan.of(graph).on(engine).output("y", x.mul(x).add(1)).build();
  }

  private static List<Thread> since(Set<Thread> others) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !others.contains(thread) && thread.getName().startsWith("worker-"))
        .toList();
  }

  @Test
  void everyPartIsDoneOnce() {
    try (WorkerThreads workers = new WorkerThreads(3, () -> {})) {
      for (int round = 0; round < 1000; round++) {
        AtomicIntegerArray done = new AtomicIntegerArray(8);
        workers.run(8, (part, worker) -> done.incrementAndGet(part));
        for (int i = 0; i < 8; i++) {
          assertEquals(1, done.get(i));
        }
      }
    }
  }

  @Test
  void threadsShareThePartsThatTakeLong() {
    Set<Integer> by = ConcurrentHashMap.newKeySet();
    try (WorkerThreads workers = new WorkerThreads(3, () -> {})) {
      together(workers, 3, by::add);
    }
    assertEquals(Set.of(0, 1, 2), by);
  }

  /** Runs a part in each thread. */
  private static void together(WorkerThreads workers, int threads, IntConsumer part) {
    CountDownLatch begun = new CountDownLatch(threads);
    workers.run(
        threads,
        (index, worker) -> {
          part.accept(worker);
          begun.countDown();
          await(begun);
        });
  }

  @Test
  void aThreadThatDoesNotComeIsNotWaitedFor() {
    CountDownLatch end = new CountDownLatch(1);
    try (WorkerThreads workers = new WorkerThreads(2, () -> await(end))) {
      List<Integer> by = Collections.synchronizedList(new ArrayList<>());
      workers.run(8, (part, worker) -> by.add(worker));
      assertEquals(Collections.nCopies(8, 0), by);
      end.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(1, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aThreadWithoutWorkSleepsUntilThereIsSomeOrTheEnd() throws InterruptedException {
    List<Thread> helpers = new CopyOnWriteArrayList<>();
    try (WorkerThreads workers = new WorkerThreads(2, () -> helpers.add(Thread.currentThread()))) {
      together(workers, 2, worker -> {});
      Thread helper = helpers.get(0);
      awaitSleep(helper);
      helper.interrupt(); // it sleeps on
      Thread.sleep(50);
      long sleeps = sleeps(helper);
      Thread.sleep(200);
      assertEquals(sleeps, sleeps(helper));
      together(workers, 2, worker -> {});
      awaitSleep(helper);
      Thread.currentThread().interrupt(); // does not keep it from closing
    }
    assertTrue(Thread.interrupted());
    assertEquals(1, helpers.size());
    assertFalse(helpers.get(0).isAlive());
  }

  private static void awaitSleep(Thread thread) throws InterruptedException {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
  }

  private static long sleeps(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId()).getWaitedCount();
  }

  @Test
  void aFailureOfAPartIsTheKernelsAndTheNextOneRuns() {
    try (WorkerThreads workers = new WorkerThreads(3, () -> {})) {
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
}
