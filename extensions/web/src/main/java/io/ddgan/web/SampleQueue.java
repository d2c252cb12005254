package io.ddgan.web;

import io.ddgan.api.Model.Draw;
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

/**
 * Examples that several requests wait for. One thread computes them, in batches to which the
 * waiting requests give an example in turn, so that a small one need not wait for all of a large
 * one.
 */
final class SampleQueue {

  private final Function<List<Draw>, float[]> sampler;
  private final int batch;
  private final Duration patience;
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final Thread worker = new Thread(this::work, "ddgan-samples");
  private boolean isClosed;

  /**
   * A queue whose thread has started.
   *
   * @param sampler makes examples, in the queue's thread alone: {@code [draws, ...shape]}
   * @param batch how many it makes at a time
   * @param patience how long a request waits at most
   */
  SampleQueue(Function<List<Draw>, float[]> sampler, int batch, Duration patience) {
    this.sampler = sampler;
    this.batch = batch;
    this.patience = patience;
    worker.setDaemon(true);
    worker.start();
  }

  /** What one request waits for. */
  private static final class Job {

    private final List<Draw> draws;
    private final CompletableFuture<float[]> result = new CompletableFuture<>();
    private float[] examples = new float[0];
    private int begun;
    private int done;

    Job(List<Draw> draws) {
      this.draws = draws;
    }

    void put(int index, float[] batch, int from, int size) {
      if (done == 0) {
        examples = new float[Math.multiplyExact(draws.size(), size)];
      }
      System.arraycopy(batch, from, examples, index * size, size);
      done++;
      if (done == draws.size()) {
        result.complete(examples);
      }
    }
  }

  /** One of a job's examples. */
  private record Item(Job job, int index) {}

  /**
   * Waits for examples.
   *
   * @return {@code [draws, ...shape]}
   * @throws TimeoutException if it takes too long; no more of them are computed then
   * @throws IllegalStateException if the queue is closed, or they could not be computed
   */
  float[] sample(List<Draw> draws) throws TimeoutException, InterruptedException {
    Job job = new Job(draws);
    add(job);
    try {
      return job.result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the examples could not be computed", e.getCause());
    } finally {
      remove(List.of(job));
    }
  }

  private synchronized void add(Job job) {
    if (isClosed) {
      throw new IllegalStateException("the queue is closed");
    }
    waiting.add(job);
    notifyAll();
  }

  private synchronized void remove(List<Job> jobs) {
    waiting.removeAll(jobs);
  }

  private void work() {
    try {
      for (List<Item> items = next(); !items.isEmpty(); items = next()) {
        compute(items);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As many examples as are computed at a time; none once the queue is closed and empty. */
  private synchronized List<Item> next() throws InterruptedException {
    while (waiting.isEmpty() && !isClosed) {
      wait();
    }
    List<Item> items = new ArrayList<>();
    while (items.size() < batch && !waiting.isEmpty()) {
      Job job = waiting.remove();
      items.add(new Item(job, job.begun++));
      if (job.begun < job.draws.size()) {
        waiting.add(job);
      }
    }
    return items;
  }

  private void compute(List<Item> items) {
    List<Job> jobs = items.stream().map(Item::job).distinct().toList();
    try {
      float[] examples =
          sampler.apply(items.stream().map(item -> item.job.draws.get(item.index)).toList());
      int size = examples.length / items.size();
      for (int i = 0; i < items.size(); i++) {
        items.get(i).job.put(items.get(i).index, examples, i * size, size);
      }
    } catch (RuntimeException | Error e) { // above all of memory, of which there may be more soon
      remove(jobs);
      jobs.forEach(job -> job.result.completeExceptionally(e));
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
