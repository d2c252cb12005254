package io.ddgan.train;

import io.ddgan.api.Listener;
import io.ddgan.api.TrainingListener;
import io.ddgan.api.WorkListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** All who listen to one training, as one listener; each hears of everything in its turn. */
final class Audience implements TrainingListener {

  private final List<TrainingListener> listeners;

  private Audience(List<TrainingListener> listeners) {
    this.listeners = listeners;
  }

  /**
   * Lets configured listeners join others.
   *
   * @throws IOException if a listener cannot be opened; the others hear of it and are closed
   */
  static Audience of(List<TrainingListener> others, List<Listener> configured, Path run)
      throws IOException {
    Audience all = new Audience(new ArrayList<>(others));
    try {
      for (Listener listener : configured) {
        all.listeners.add(
            Objects.requireNonNull(
                listener.open(run), () -> listener + " returned null from open"));
      }
    } catch (IOException | RuntimeException | Error e) {
      try (all) {
        all.failed(e);
        throw e;
      }
    }
    return all;
  }

  /** Those who listen, to what evaluations do. */
  WorkListener ofEvaluations() {
    return new WorkListener() {

      @Override
      public void advanced(String what, int done, int total) {
        evaluating(what, done, total);
      }

      @Override
      public void announced(String sentence) {
        Audience.this.announced(sentence);
      }
    };
  }

  /** Tells all, those after one that fails too. */
  private void all(Consumer<TrainingListener> news) {
    Optional<RuntimeException> failure = Optional.empty();
    for (TrainingListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        failure.filter(before -> before != e).ifPresent(e::addSuppressed);
        failure = Optional.of(e);
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  @Override
  public void begun(long first, long total) {
    listeners.forEach(listener -> listener.begun(first, total));
  }

  @Override
  public void stepped(long step, Map<String, Double> values) {
    listeners.forEach(listener -> listener.stepped(step, values));
  }

  @Override
  public void logged(long done, Map<String, Double> row) {
    listeners.forEach(listener -> listener.logged(done, row));
  }

  @Override
  public void pictured(long done, Path picture) {
    listeners.forEach(listener -> listener.pictured(done, picture));
  }

  @Override
  public void picturing(int evaluations, int all) {
    listeners.forEach(listener -> listener.picturing(evaluations, all));
  }

  @Override
  public void announced(String sentence) {
    listeners.forEach(listener -> listener.announced(sentence));
  }

  @Override
  public void saved(long done, Path checkpoint) {
    listeners.forEach(listener -> listener.saved(done, checkpoint));
  }

  @Override
  public void evaluating(String what, int done, int all) {
    listeners.forEach(listener -> listener.evaluating(what, done, all));
  }

  @Override
  public void evaluated(long done, Map<String, Double> values) {
    listeners.forEach(listener -> listener.evaluated(done, values));
  }

  @Override
  public void ended(long done, boolean isFinished) {
    all(listener -> listener.ended(done, isFinished));
  }

  /** A listener that fails now must not hide why the training has failed. */
  @Override
  public void failed(Throwable cause) {
    try {
      all(listener -> listener.failed(cause));
    } catch (RuntimeException e) {
      if (e != cause) {
        cause.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() {
    all(TrainingListener::close);
  }
}
