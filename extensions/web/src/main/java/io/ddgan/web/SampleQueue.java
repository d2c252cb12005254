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
 * Examples that several requests wait for. One thread computes them, in batches to which the
 * requests contribute in turn, so that a small one need not wait for the whole of a large one.
 */
final class SampleQueue {

  private final Function<List<Draw>, float[]> sampler;
  private final int batch;
  private final Duration patience;
  private final IntConsumer computed;
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final Thread worker;
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
   * @throws TimeoutException if it takes too long; they are not computed any more then
   * @throws RefusedException if the model refuses them; the message says why
   * @throws IllegalStateException if the queue is closed
   */
  float[] sample(List<Draw> draws) throws TimeoutException, InterruptedException {
    Job job = new Job(draws);
    synchronized (this) {
      if (isClosed) {
        throw new IllegalStateException("the queue is closed");
      }
      waiting.add(job);
      notifyAll();
    }
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

  /** Whether it can still compute. */
  boolean isWorking() {
    return worker.isAlive();
  }

  private void work() {
    for (List<Item> items = next(); !items.isEmpty(); items = next()) {
      compute(items);
    }
  }

  /** As many examples as are computed at a time, of the jobs in turn; none if that was all. */
  private synchronized List<Item> next() {
    try {
      while (waiting.isEmpty() && !isClosed) {
        wait();
      }
    } catch (InterruptedException e) {
      return List.of();
    }
    List<Item> items = new ArrayList<>();
    while (items.size() < batch && !waiting.isEmpty()) {
      Job job = waiting.remove();
      while (items.size() < batch && job.begun < job.draws.size()) {
        items.add(new Item(job, job.begun++));
      }
      if (job.begun < job.draws.size()) {
        waiting.add(job);
      }
    }
    return items;
  }

  private void compute(List<Item> items) {
    try {
      float[] examples = sampler.apply(items.stream().map(Item::draw).toList());
      computed.accept(items.size());
      int size = examples.length / items.size();
      for (int i = 0; i < items.size(); i++) {
        items.get(i).job.put(items.get(i).index, examples, i * size, size);
      }
    } catch (RefusedException e) {
      refuse(items, e);
    } catch (RuntimeException | Error e) { // of memory above all, which others may leave soon
      items.forEach(item -> item.job.result.completeExceptionally(e));
    }
  }

  /** One request's latent vectors must not spoil another one's examples. */
  private void refuse(List<Item> items, RefusedException failure) {
    List<Job> jobs = items.stream().map(Item::job).distinct().toList();
    if (jobs.size() == 1) {
      jobs.get(0).result.completeExceptionally(failure);
      synchronized (this) {
        waiting.remove(jobs.get(0));
      }
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
