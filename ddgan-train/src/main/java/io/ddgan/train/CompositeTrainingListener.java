package io.ddgan.train;

import io.ddgan.api.Listener;
import io.ddgan.api.ProgressListener;
import io.ddgan.api.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All who listen to one training. Each is told of everything, also after another one has failed.
 */
final class CompositeTrainingListener implements AutoCloseable {

  private final List<TrainingListener> listeners;

  private CompositeTrainingListener(List<TrainingListener> listeners) {
    this.listeners = listeners;
  }

  /**
   * Lets configured listeners join others.
   *
   * @throws IOException if a listener cannot be opened; the others are told and closed
   */
  static CompositeTrainingListener of(
      List<TrainingListener> others, List<Listener> configured, Path run) throws IOException {
    CompositeTrainingListener all = new CompositeTrainingListener(new ArrayList<>(others));
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
  ProgressListener ofEvaluations() {
    return new ProgressListener() {

      @Override
      public void onProgress(String what, int done, int total) {
        tell(listener -> listener.onEvaluating(what, done, total));
      }

      @Override
      public void onMessage(String sentence) {
        tell(listener -> listener.onMessage(sentence));
      }
    };
  }

  /** Tells all, and fails then if one of them did. */
  void tell(Consumer<TrainingListener> news) {
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

  /** Tells why the training has failed; a listener that fails now must not hide it. */
  void failed(Throwable cause) {
    try {
      tell(listener -> listener.onException(cause));
    } catch (RuntimeException e) {
      if (e != cause) {
        cause.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() {
    tell(TrainingListener::close);
  }
}
