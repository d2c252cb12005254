package io.ddgan.web;

import io.ddgan.api.Model.Draw;
import io.ddgan.api.RefusedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Examples that several requests wait for. One thread computes them, in batches that the waiting
 * requests share, so that a small one need not wait for the whole of large ones. What would not be
 * computed in time is refused at once, instead of keeping others waiting and coming too late.
 */
final class SampleQueue {

  /** What is waited for is to take at most this share of the time that a request waits. */
  private static final double LOAD = 0.5;

  /** How much a batch counts in the speed, against all before it. */
  private static final double NEWEST = 0.3;

  private final Function<List<Draw>, float[]> sampler;
  private final int batch;
  private final Duration patience;
  private final IntConsumer computed;
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final Thread worker;
  private int computing;
  private double perSecond = Double.POSITIVE_INFINITY;
  private boolean isClosed;

  /**
   * A queue whose thread has started.
   *
   * @param sampler makes examples, in the queue's thread alone: {@code [draws, ...shape]}
   * @param batch how many it makes at a time
   * @param patience how long a request waits at most
   * @param computed hears how many examples each batch has had
   */
  SampleQueue(
      Function<List<Draw>, float[]> sampler, int batch, Duration patience, IntConsumer computed) {
    this.sampler = sampler;
    this.batch = batch;
    this.patience = patience;
    this.computed = computed;
    this.worker = new Thread(this::work, "ddgan-samples");
    this.worker.setDaemon(true);
    this.worker.start();
  }

  /** What one request waits for. */
  private static final class Job {

    private final List<Draw> draws;
    private float[] examples = new float[0];
    private final CompletableFuture<float[]> result = new CompletableFuture<>();
    private int begun;
    private int done;

    Job(List<Draw> draws) {
      this.draws = draws;
    }

    /** Examples whose computing has not begun. */
    int left() {
      return draws.size() - begun;
    }

    void put(int index, float[] all, int from, int size) {
      if (done == 0) {
        examples = new float[Math.multiplyExact(draws.size(), size)];
      }
      System.arraycopy(all, from, examples, index * size, size);
      done++;
      if (done == draws.size()) {
        result.complete(examples);
      }
    }
  }

  /** Examples that are waited for already, and too many for another request. */
  static final class FullException extends Exception {

    private static final long serialVersionUID = 1;

    private final Duration until;

    private FullException(Duration until) {
      super("too many examples are queued to be ready in time");
      this.until = until;
    }

    /** When there may be room again. */
    Duration until() {
      return until;
    }
  }

  /** One of a job's examples. */
  private record Item(Job job, int index) {

    Draw draw() {
      return job.draws.get(index);
    }
  }

  /**
   * Waits for examples.
   *
   * @return {@code [draws, ...shape]}
   * @throws FullException if they would come too late, because of those that others wait for
   * @throws TimeoutException if it takes too long; they are not computed any more then
   * @throws RefusedException if the model refuses them; the message says why
   * @throws IllegalStateException if the queue is closed
   */
  float[] sample(List<Draw> draws) throws FullException, TimeoutException, InterruptedException {
    Job job = new Job(draws);
    add(job);
    try {
      return job.result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RefusedException refused
          ? refused
          : new IllegalStateException("the examples could not be computed", e.getCause());
    } finally {
      synchronized (this) {
        waiting.remove(job); // if nobody waits for it any longer
      }
    }
  }

  private synchronized void add(Job job) throws FullException {
    if (isClosed) {
      throw new IllegalStateException("the queue is closed");
    }
    int others = computing + waiting.stream().mapToInt(Job::left).sum();
    double seconds = (others + job.left()) / perSecond;
    double most = LOAD * patience.toMillis() / 1e3;
    if (others > 0 && seconds > most) {
      throw new FullException(Duration.ofSeconds((long) Math.ceil(seconds - most)));
    }
    waiting.add(job);
    notifyAll();
  }

  /** Whether it can still compute. */
  boolean isWorking() {
    return worker.isAlive();
  }

  private void work() {
    for (List<Item> items = next(); !items.isEmpty(); items = next()) {
      compute(items);
    }
  }

  /** As many examples as are computed at a time, shared by the jobs; none if that was all. */
  private synchronized List<Item> next() {
    try {
      while (waiting.isEmpty() && !isClosed) {
        wait();
      }
    } catch (InterruptedException e) {
      return List.of();
    }
    List<Item> items = new ArrayList<>();
    int share = Math.max(1, batch / Math.max(1, waiting.size()));
    while (items.size() < batch && !waiting.isEmpty()) {
      Job job = waiting.remove();
      int most = Math.min(batch, items.size() + share);
      while (items.size() < most && job.begun < job.draws.size()) {
        items.add(new Item(job, job.begun++));
      }
      if (job.begun < job.draws.size()) {
        waiting.add(job);
      }
    }
    computing = items.size();
    return items;
  }

  private void compute(List<Item> items) {
    float[] examples;
    try {
      long begun = System.nanoTime();
      examples = sampler.apply(items.stream().map(Item::draw).toList());
      took(System.nanoTime() - begun);
    } catch (RefusedException e) {
      refuse(items, e);
      return;
    } catch (RuntimeException | Error e) { // of memory above all, which others may leave soon
      ended(items);
      fail(items, e);
      return;
    }
    ended(items);
    try {
      computed.accept(items.size());
      int size = examples.length / items.size();
      for (int i = 0; i < items.size(); i++) {
        items.get(i).job.put(items.get(i).index, examples, i * size, size);
      }
    } catch (RuntimeException | Error e) { // there may be no memory for all of an answer
      fail(items, e);
    }
  }

  /** A batch that is not full takes as long as a full one. */
  private synchronized void took(long nanoseconds) {
    double now = batch * 1e9 / nanoseconds;
    perSecond = Double.isInfinite(perSecond) ? now : (1 - NEWEST) * perSecond + NEWEST * now;
  }

  /** Before their requests hear of it: who asks again at once is not to find them still counted. */
  private synchronized void ended(List<Item> items) {
    computing -= items.size();
  }

  private void fail(List<Item> items, Throwable failure) {
    List<Job> jobs = jobs(items);
    synchronized (this) {
      waiting.removeAll(jobs);
    }
    jobs.forEach(job -> job.result.completeExceptionally(failure));
  }

  private static List<Job> jobs(List<Item> items) {
    return items.stream().map(Item::job).distinct().toList();
  }

  /** One request's latent vectors must not spoil another one's examples. */
  private void refuse(List<Item> items, RefusedException failure) {
    List<Job> jobs = jobs(items);
    if (jobs.size() == 1) {
      ended(items);
      fail(items, failure);
      return;
    }
    for (Job job : jobs) {
      compute(items.stream().filter(item -> item.job.equals(job)).toList());
    }
  }

  /** Lets the thread finish what is waited for, and end. */
  void end() throws InterruptedException {
    synchronized (this) {
      isClosed = true;
      notifyAll();
    }
    worker.join();
  }
}
