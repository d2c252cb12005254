package io.ddgan.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompositeTrainingListenerTest {

  private static final Path RUN = Path.of("run");

  private final List<String> notified = new ArrayList<>();

  /** Records notifications and optionally fails at the end. */
  private TrainingListener listener(String name, boolean isFailing) {
    return new TrainingListener() {
      @Override
      public void onException(Throwable cause) {
        note("failed", cause.getMessage());
      }

      @Override
      public void onTrainEnd(long done, boolean isFinished) {
        note("ended", "");
      }

      @Override
      public void close() {
        note("closed", "");
      }

      private void note(String what, String detail) {
        notified.add(name + " " + what + detail);
        if (isFailing) {
          throw new IllegalStateException(name);
        }
      }
    };
  }

  @Test
  void closesAllListenersEvenIfSomeFail() throws IOException {
    List<TrainingListener> all =
        List.of(listener("a", true), listener("b", true), listener("c", false));
    CompositeTrainingListener audience = CompositeTrainingListener.of(all, List.of(), RUN);
    IllegalStateException e = assertThrows(IllegalStateException.class, audience::close);
    assertEquals(List.of("a closed", "b closed", "c closed"), notified);
    assertEquals("b", e.getMessage());
    assertEquals(
        List.of("a"), Arrays.stream(e.getSuppressed()).map(Throwable::getMessage).toList());
  }

  @Test
  void notifiesAllListenersOfTheEndEvenIfSomeFail() throws IOException {
    List<TrainingListener> all = List.of(listener("a", true), listener("b", false));
    CompositeTrainingListener audience = CompositeTrainingListener.of(all, List.of(), RUN);
    assertThrows(
        IllegalStateException.class, () -> audience.notifyEach(l -> l.onTrainEnd(3, true)));
    assertEquals(List.of("a ended", "b ended"), notified);
  }

  @Test
  void notifiesAndClosesTheOthersIfAListenerCannotBeOpened() {
    IOException cause =
        assertThrows(
            IOException.class,
            () ->
                CompositeTrainingListener.of(
                    List.of(listener("a", false)),
                    List.of(
                        run -> listener("b", false),
                        run -> {
                          throw new IOException(": no room");
                        }),
                    RUN));
    assertEquals(": no room", cause.getMessage());
    assertEquals(
        List.of("a failed: no room", "b failed: no room", "a closed", "b closed"), notified);
  }

  @Test
  void failingListenersDoNotHideTheFailureOfTheTraining() throws IOException {
    Exception cause = new Exception(": too long");
    CompositeTrainingListener audience =
        CompositeTrainingListener.of(
            List.of(listener("a", true), listener("b", false)), List.of(), RUN);
    audience.failed(cause);
    assertEquals(List.of("a failed: too long", "b failed: too long"), notified);
    assertEquals("a", cause.getSuppressed()[0].getMessage());
    assertThrows(IllegalStateException.class, audience::close);
  }
}
