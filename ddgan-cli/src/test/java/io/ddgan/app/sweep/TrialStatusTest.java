package io.ddgan.app.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.app.process.CommandRunner.CommandEnd;
import io.ddgan.app.sweep.TrialStatus.TrialState;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of a trial after its end or after another process trained it. */
class TrialStatusTest {

  private static final Instant THEN = Instant.parse("2024-05-04T10:20:30Z");

  @TempDir Path folder;

  private static CommandEnd end(OptionalInt code) {
    Optional<String> printed = Optional.of("no more room").filter(text -> code.orElse(0) != 0);
    return new CommandEnd(code, Optional.empty(), printed, false);
  }

  @Test
  void progressOverridesTheExitCode() {
    Optional<RunProgress> done = Optional.of(told(RunState.DONE));
    assertEquals(TrialState.DONE, TrialStatus.NEW.after(end(OptionalInt.of(143)), done, 1).state());
    Optional<RunProgress> failed = Optional.of(told(RunState.FAILED));
    TrialStatus vanished = TrialStatus.NEW.after(end(OptionalInt.empty()), failed, 1);
    assertEquals(TrialState.FAILED, vanished.state());
    assertEquals(Optional.of("no room"), vanished.error());
  }

  @Test
  void exitCodeCountsWithoutProgress() {
    TrialStatus failed = TrialStatus.NEW.after(end(OptionalInt.of(2)), Optional.empty(), 3);
    assertEquals(TrialState.FAILED, failed.state());
    assertEquals(Optional.of("no more room"), failed.error());
    assertEquals(3, failed.seconds());
    for (OptionalInt code : List.of(OptionalInt.of(137), OptionalInt.empty(), OptionalInt.of(0))) {
      assertEquals(
          TrialState.PENDING, TrialStatus.NEW.after(end(code), Optional.empty(), 1).state());
    }
    CommandEnd stopped =
        new CommandEnd(OptionalInt.of(1), Optional.empty(), Optional.of("bad"), true);
    assertEquals(TrialState.PENDING, TrialStatus.NEW.after(stopped, Optional.empty(), 1).state());
    assertEquals(
        Optional.of("its process ended before training"),
        TrialStatus.NEW.after(end(OptionalInt.empty()), Optional.empty(), 1).error());
  }

  @Test
  void changedEvaluationIsComputedAgain() throws IOException {
    TrialStatus done =
        TrialStatus.NEW
            .measuredBy(Optional.of("a"))
            .after(end(OptionalInt.of(0)), Optional.of(told(RunState.DONE)), 1);
    assertFalse(done.isMeasurementLeft("a"));
    assertTrue(done.isMeasurementLeft("b"));
    TrialStatus failed = done.after(end(OptionalInt.of(1)), "b");
    assertEquals(TrialState.DONE, failed.state());
    assertTrue(failed.isMeasurementLeft("b") && failed.error().isPresent());
    Path file = folder.resolve("status.json");
    done.after(end(OptionalInt.of(0)), "b").write(file);
    assertFalse(TrialStatus.read(file).isMeasurementLeft("b"));
  }

  @Test
  void unobservedEndCountsOnceTheTrialHasEnded() {
    TrialStatus done = TrialStatus.NEW.found(told(RunState.DONE), false);
    assertEquals(TrialState.DONE, done.state());
    assertEquals(12, done.seconds());
    RunProgress failed = told(RunState.FAILED);
    assertEquals(TrialState.PENDING, TrialStatus.NEW.found(failed, true).state());
    TrialStatus found = TrialStatus.NEW.found(failed, false);
    assertEquals(TrialState.FAILED, found.state());
    assertEquals(Optional.of("no room"), found.error());
    // its run was removed and started again
    assertEquals(TrialState.PENDING, done.found(told(RunState.STOPPED), false).state());
  }

  @Test
  void retriedFailureIsNotReportedAgain() throws IOException {
    SweepFolder sweep = new SweepFolder(folder);
    RunFolder run = sweep.run("a");
    Files.createDirectories(run.root());
    Files.createDirectories(folder.resolve("trials"));
    told(RunState.FAILED).write(run.progress());
    TrialStatus failed = TrialStatus.of(sweep, "a");
    assertEquals(TrialState.FAILED, failed.state());
    failed.retried(run).write(sweep.status("a"));
    assertEquals(TrialState.PENDING, TrialStatus.of(sweep, "a").state());
    told(RunState.FAILED).write(run.progress());
    assertEquals(TrialState.FAILED, TrialStatus.of(sweep, "a").state());
  }

  private static RunProgress told(RunState state) {
    Optional<String> error = state == RunState.FAILED ? Optional.of("no room") : Optional.empty();
    return new RunProgress(3, 10, state, error, 12, THEN);
  }
}
