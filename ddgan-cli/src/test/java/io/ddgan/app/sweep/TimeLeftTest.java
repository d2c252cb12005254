package io.ddgan.app.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Four trials of 100 steps. */
class TimeLeftTest {

  private final List<Trial> trials = trials();
  private final TimeLeft left = new TimeLeft(trials);

  @Test
  void nothingIsForetoldBeforeTheFirstSteps() {
    left.progressed(trials.get(0), at(0), 5);
    assertTrue(left.seconds(5).isEmpty());
  }

  @Test
  void workersShareWhatIsLeftAndAResumedTrialCountsOnlyItsOwnSteps() {
    left.progressed(trials.get(0), at(80), 0);
    left.progressed(trials.get(1), at(0), 0);
    left.progressed(trials.get(0), at(90), 20);
    left.progressed(trials.get(1), at(10), 20);
    assertEquals(10 + 90 + 200, left.seconds(20).orElseThrow(), 1e-9);
  }

  @Test
  void whatHasEndedOrWillNotStartIsNotWaitedFor() {
    left.progressed(trials.get(0), at(0), 0);
    left.progressed(trials.get(0), at(100), 50);
    left.ended(trials.get(0));
    left.ended(trials.get(3));
    assertEquals(100, left.seconds(50).orElseThrow(), 1e-9);
  }

  private static RunProgress at(long step) {
    return new RunProgress(step, 100, RunState.TRAINING, Optional.empty(), 0, Instant.EPOCH);
  }

  private static List<Trial> trials() {
    String sweep = "base = smoke, overrides { training.iterations = 100 }, seeds = [0, 1, 2, 3]";
    try (Plugins plugins = Plugins.load(Optional.empty())) {
      return Guice.createInjector(plugins)
          .getInstance(Planner.class)
          .plan(Hocon.text(sweep, "sweep"), Path.of(""))
          .trials();
    }
  }
}
