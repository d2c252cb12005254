package io.ddgan.web;

import io.ddgan.api.Model;
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
import java.util.function.IntConsumer;

/**
 * Examples that several requests wait for. One thread computes them, in batches to which the
 * requests contribute in turn, so that a small one need not wait for the whole of a large one.
 */
final class SampleQueue {

  private final Model model;
  private final Duration patience;
  private final IntConsumer computed;
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final Thread worker;
  private boolean isClosed;

  /**
   * A queue whose thread has started.
   *
   * @param model used by the queue's thread alone from now on, and not closed
   * @param patience how long a request waits at most
   * @param computed hears how many examples each batch has had
   */
  SampleQueue(Model model, Duration patience, IntConsumer computed) {
    this.model = model;
    this.patience = patience;
    this.computed = computed;
    this.worker = new Thread(this::work, "ddgan-samples");
    this.worker.setDaemon(true);
    this.worker.start();
  }

  /** What one request waits for. */
  private static final class Job {

    private final List<Draw> draws;
    private final float[] examples;
    private final CompletableFuture<float[]> result = new CompletableFuture<>();
    private int begun;
    private int done;

    Job(List<Draw> draws, int size) {
      this.draws = draws;
      this.examples = new float[Math.multiplyExact(draws.size(), size)];
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
    Job job = new Job(draws, model.shape().size());
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
    for (List<Item> batch = next(); !batch.isEmpty(); batch = next()) {
      compute(batch);
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
    List<Item> batch = new ArrayList<>();
    while (batch.size() < model.batch() && !waiting.isEmpty()) {
      Job job = waiting.remove();
      while (batch.size() < model.batch() && job.begun < job.draws.size()) {
        batch.add(new Item(job, job.begun++));
      }
      if (job.begun < job.draws.size()) {
        waiting.add(job);
      }
    }
    return batch;
  }

  private void compute(List<Item> batch) {
    try {
      float[] examples = model.sample(batch.stream().map(Item::draw).toList());
      computed.accept(batch.size());
      int size = model.shape().size();
      for (int i = 0; i < batch.size(); i++) {
        Job job = batch.get(i).job;
        System.arraycopy(examples, i * size, job.examples, batch.get(i).index * size, size);
        job.done++;
        if (job.done == job.draws.size()) {
          job.result.complete(job.examples);
        }
      }
    } catch (RefusedException e) {
      refuse(batch, e);
    } catch (RuntimeException | Error e) { // of memory above all, which others may leave soon
      batch.forEach(item -> item.job.result.completeExceptionally(e));
    }
  }

  /** One request's latent vectors must not spoil another one's examples. */
  private void refuse(List<Item> batch, RefusedException failure) {
    List<Job> jobs = batch.stream().map(Item::job).distinct().toList();
    if (jobs.size() == 1) {
      jobs.get(0).result.completeExceptionally(failure);
      synchronized (this) {
        waiting.remove(jobs.get(0));
      }
      return;
    }
    for (Job job : jobs) {
      compute(batch.stream().filter(item -> item.job.equals(job)).toList());
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
