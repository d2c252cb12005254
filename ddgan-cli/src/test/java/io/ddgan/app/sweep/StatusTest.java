package io.ddgan.app.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.app.sweep.Status.TrialState;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a trial's state when something else has trained it. */
class StatusTest {

  private static final Instant THEN = Instant.parse("2024-05-04T10:20:30Z");

  @TempDir Path folder;

  @Test
  void aTrialThatSaysThatItIsDoneIsDoneAndTookWhatItSays() {
    Status found = Status.NEW.found(told(RunState.DONE, THEN), false);
    assertEquals(TrialState.DONE, found.state());
    assertEquals(12, found.seconds());
  }

  @Test
  void aFailureThatNobodyHasSeenCountsOnceTheTrialHasEnded() {
    RunProgress failed = told(RunState.FAILED, THEN);
    assertEquals(TrialState.PENDING, Status.NEW.found(failed, true).state());
    Status found = Status.NEW.found(failed, false);
    assertEquals(TrialState.FAILED, found.state());
    assertEquals(Optional.of("no room"), found.error());
  }

  @Test
  void aFailureThatWasForgivenIsNoNewOneAlsoInAnotherProcess() throws IOException {
    RunProgress failed = told(RunState.FAILED, THEN);
    Path file = folder.resolve("status.json");
    Status.NEW.found(failed, false).retried(Optional.of(failed)).write(file);
    Status waiting = Status.read(file);
    assertEquals(TrialState.PENDING, waiting.state());
    assertEquals(waiting, waiting.found(failed, false));
    RunProgress again = told(RunState.FAILED, THEN.plusSeconds(60));
    assertEquals(TrialState.FAILED, waiting.found(again, false).state());
  }

  @Test
  void aTrialWhoseRunWasRemovedAndHasBegunAnewIsNotDone() {
    Status done = Status.NEW.found(told(RunState.DONE, THEN), false);
    assertEquals(TrialState.PENDING, done.found(told(RunState.STOPPED, THEN), false).state());
  }

  private static RunProgress told(RunState state, Instant when) {
    Optional<String> error = state == RunState.FAILED ? Optional.of("no room") : Optional.empty();
    return new RunProgress(3, 10, state, error, 12, when);
  }
}
