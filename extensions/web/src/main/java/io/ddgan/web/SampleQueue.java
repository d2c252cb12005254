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
 * A queue of requests for samples. One thread computes batches, taking an example from each waiting
 * request in turn, so small requests do not wait for large ones.
 */
final class SampleQueue {

  private final Function<List<Draw>, float[]> sampler;
  private final int batch;
  private final Duration patience;
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final Thread worker = new Thread(this::work, "ddgan-samples");
  private boolean isClosed;

  /**
   * Creates a queue and starts its thread.
   *
   * @param sampler computes examples, on the queue's thread only: {@code [draws, ...shape]}
   * @param batch batch size
   * @param patience maximum waiting time of a request
   */
  SampleQueue(Function<List<Draw>, float[]> sampler, int batch, Duration patience) {
    this.sampler = sampler;
    this.batch = batch;
    this.patience = patience;
    worker.setDaemon(true);
    worker.start();
  }

  /** A request's examples. */
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
   * @throws TimeoutException if it takes too long; the rest is cancelled
   * @throws IllegalStateException if the queue is closed or the computation failed
   */
  float[] sample(List<Draw> draws) throws TimeoutException, InterruptedException {
    Job job = new Job(draws);
    add(job);
    try {
      return job.result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("sampling failed", e.getCause());
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

  /** Returns the next batch; empty once the queue is closed and empty. */
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
    } catch (RuntimeException | Error e) { // mostly out of memory, which may be temporary
      remove(jobs);
      jobs.forEach(job -> job.result.completeExceptionally(e));
    }
  }

  /** Completes the waiting requests and stops the thread. */
  void end() throws InterruptedException {
    synchronized (this) {
      isClosed = true;
      notifyAll();
    }
    worker.join();
  }
}
