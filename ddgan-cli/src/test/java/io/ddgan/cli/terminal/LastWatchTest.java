package io.ddgan.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.cli.terminal.LastWatch.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LastWatchTest {

  private static final Seen CTRL_C = seen("SIGINT handler", java("java.lang.Shutdown"));
  private static final Seen TERMINATION = seen("SIGTERM handler", java("java.lang.Shutdown"));
  private static final Seen SAVING =
      seen("interruption", java("java.lang.Object"), ours("io.ddgan.cli.terminal.Interruption"));
  private static final Seen STUCK =
      seen(
          "main",
          java("java.lang.Thread"),
          plugin("acme.Helper"),
          plugin("acme.Journal"),
          ours("io.ddgan.train.Audience"));
  private static final Seen OWN = seen("acme", java("java.lang.Thread"), plugin("acme.Journal"));
  private static final Seen STEP =
      seen(
          "main",
          new StackTraceElement("onednn", null, null, "io.ddgan.onednn.Runtime", "work", null, 1),
          ours("io.ddgan.train.Trainer"));

  private final List<String> told = new ArrayList<>();
  private final LastWatch watch = new LastWatch(told::add);

  @Test
  void aSecondCtrlCEndsAtOnce() {
    assertEquals(OptionalInt.empty(), look(1, CTRL_C, SAVING, STEP));
    assertEquals(OptionalInt.of(130), look(2, CTRL_C, CTRL_C, SAVING, STEP));
    assertEquals(List.of("ended at once; what was saved before is whole"), told);
  }

  @Test
  void aStepIsWaitedForHoweverLongItTakes() {
    Seen anothersStep =
        seen("main", plugin("acme.Engine"), ours("io.ddgan.internal.graph.CompiledPlan"));
    look(1, TERMINATION, SAVING, STEP, OWN, anothersStep);
    assertEquals(OptionalInt.empty(), look(3600, TERMINATION, SAVING, STEP, OWN, anothersStep));
    assertEquals(List.of(), told);
  }

  @Test
  void aPlugInsMethodThatDoesNotReturnIsNamedAndNotWaitedForWithoutEnd() {
    look(1, TERMINATION, SAVING, STUCK);
    look(7, TERMINATION, SAVING, STUCK);
    look(8, TERMINATION, SAVING, STUCK);
    assertEquals(
        List.of(
            "waiting for acme.Journal.work of the plug-in bad.jar to come to its end, for 54 s more;"
                + " Ctrl-C again ends at once, without a save"),
        told);
    assertEquals(OptionalInt.of(143), look(61, TERMINATION, SAVING, STUCK));
    assertEquals(
        "acme.Journal.work of the plug-in bad.jar has not come to its end within 60 s, and is not"
            + " waited for any longer; what was saved before is whole; update or remove the plug-in",
        told.get(1));
  }

  @Test
  void aPlugInThatReturnsInBetweenIsWaitedForAnew() {
    look(1, CTRL_C, SAVING, STUCK);
    look(59, CTRL_C, SAVING, STEP);
    assertEquals(OptionalInt.empty(), look(60, CTRL_C, SAVING, STUCK));
    assertEquals(OptionalInt.empty(), look(62, CTRL_C, SAVING, STUCK));
  }

  @Test
  void aHookOfAPlugInDoesNotKeepTheProgram() {
    assertEquals(OptionalInt.empty(), look(1, CTRL_C, OWN));
    assertEquals(OptionalInt.of(130), look(11, CTRL_C, OWN));
    assertEquals(OptionalInt.of(1), look(12, OWN));
  }

  private OptionalInt look(int seconds, Seen... threads) {
    return watch.look(List.of(threads), Duration.ofSeconds(seconds));
  }

  private static Seen seen(String thread, StackTraceElement... stack) {
    return new Seen(thread, List.of(stack));
  }

  private static StackTraceElement plugin(String type) {
    return new StackTraceElement("bad.jar", null, null, type, "work", null, 1);
  }

  private static StackTraceElement ours(String type) {
    return new StackTraceElement("app", null, null, type, "work", null, 1);
  }

  private static StackTraceElement java(String type) {
    return new StackTraceElement(null, null, null, type, "work", null, 1);
  }
}
