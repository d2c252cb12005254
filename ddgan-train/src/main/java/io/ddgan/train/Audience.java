package io.ddgan.train;

import io.ddgan.api.Listener;
import io.ddgan.api.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
   * @param run the run's folder
   * @throws IOException if a listener cannot be opened; those that were are closed
   */
  static Audience of(List<TrainingListener> others, List<Listener> configured, Path run)
      throws IOException {
    Audience opened = new Audience(new ArrayList<>());
    try {
      for (Listener listener : configured) {
        opened.listeners.add(listener.open(run));
      }
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
    List<TrainingListener> all = new ArrayList<>(others);
    all.addAll(opened.listeners);
    return new Audience(all);
  }

  private void each(Consumer<TrainingListener> news) {
    listeners.forEach(news);
  }

  @Override
  public void begun(long first, long total) {
    each(listener -> listener.begun(first, total));
  }

  @Override
  public void stepped(long step, Map<String, Double> values) {
    each(listener -> listener.stepped(step, values));
  }

  @Override
  public void logged(long done, Map<String, Double> row) {
    each(listener -> listener.logged(done, row));
  }

  @Override
  public void pictured(long done, Path picture) {
    each(listener -> listener.pictured(done, picture));
  }

  @Override
  public void saved(long done, Path checkpoint) {
    each(listener -> listener.saved(done, checkpoint));
  }

  @Override
  public void evaluating(String what, int done, int all) {
    each(listener -> listener.evaluating(what, done, all));
  }

  @Override
  public void evaluated(long done, Map<String, Double> values) {
    each(listener -> listener.evaluated(done, values));
  }

  @Override
  public void ended(long done) {
    each(listener -> listener.ended(done));
  }

  /** A listener that fails now must not hide why the training has failed. */
  @Override
  public void failed(Throwable cause) {
    for (TrainingListener listener : listeners) {
      try {
        listener.failed(cause);
      } catch (RuntimeException e) {
        cause.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() {
    each(TrainingListener::close);
  }
}
