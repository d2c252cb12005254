package io.ddgan.train;

import io.ddgan.api.ListenerFactory;
import io.ddgan.api.ProgressListener;
import io.ddgan.api.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The listeners of one training. All of them are notified, even after one has failed. */
final class CompositeTrainingListener implements AutoCloseable {

  private final List<TrainingListener> listeners;

  private CompositeTrainingListener(List<TrainingListener> listeners) {
    this.listeners = listeners;
  }

  /**
   * Opens configured listeners and adds them to others.
   *
   * @throws IOException if a listener cannot be opened; the others are notified and closed
   */
  static CompositeTrainingListener of(
      List<TrainingListener> others, List<ListenerFactory> configured, Path run)
      throws IOException {
    CompositeTrainingListener all = new CompositeTrainingListener(new ArrayList<>(others));
    try {
      for (ListenerFactory listener : configured) {
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

  /** Notifies all listeners of the progress of evaluations. */
  ProgressListener ofEvaluations() {
    return new ProgressListener() {

      @Override
      public void onProgress(String what, int done, int total) {
        notifyEach(listener -> listener.onEvaluationProgress(what, done, total));
      }

      @Override
      public void onMessage(String sentence) {
        notifyEach(listener -> listener.onMessage(sentence));
      }
    };
  }

  /** Notifies all listeners, then throws the last failure, if any, with the others suppressed. */
  void notifyEach(Consumer<TrainingListener> notification) {
    Optional<RuntimeException> failure = Optional.empty();
    for (TrainingListener listener : listeners) {
      try {
        notification.accept(listener);
      } catch (RuntimeException e) {
        failure.filter(before -> before != e).ifPresent(e::addSuppressed);
        failure = Optional.of(e);
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /** Notifies all listeners of the failure of the training. Their own failures are suppressed. */
  void failed(Throwable cause) {
    try {
      notifyEach(listener -> listener.onException(cause));
    } catch (RuntimeException e) {
      if (e != cause) {
        cause.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() {
    notifyEach(TrainingListener::close);
  }
}
