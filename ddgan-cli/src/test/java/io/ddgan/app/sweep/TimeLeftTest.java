package io.ddgan.app.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import io.ddgan.app.experiment.MeasuredRuns;
import io.ddgan.app.sweep.Status.TrialState;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two configurations with two seeds each, of 100 steps. */
class TimeLeftTest {

  @TempDir private Path folder;

  private final List<Trial> trials =
      trials(
          """
          base = smoke
          overrides { training.iterations = 100 }
          seeds = [0, 1]
          blocks = [{ grid { training.batch = [2, 4] } }]
          """);

  @Test
  void nothingIsForetoldBeforeTheFirstSteps() throws IOException {
    TimeLeft left = left(2);
    assertTrue(left.seconds(0).isEmpty());
    left.started(trials.get(0), 0);
    left.progressed(trials.get(0), at(0), 5);
    assertTrue(left.seconds(5).isEmpty());
  }

  @Test
  void stepsOfTheFirstTrialTellTheTimeOfAll() throws IOException {
    TimeLeft left = left(1);
    left.started(trials.get(0), 0);
    left.progressed(trials.get(0), at(0), 5); // starting up takes a while
    left.progressed(trials.get(0), at(10), 15);
    assertEquals(90 + 300, left.seconds(15).orElseThrow(), 1e-9);
    assertEquals(90 + 300 - 4, left.seconds(19).orElseThrow(), 1e-9, "time goes on between news");
  }

  @Test
  void workersShareWhatIsLeft() throws IOException {
    TimeLeft left = left(2);
    for (Trial trial : trials.subList(0, 2)) {
      left.started(trial, 0);
      left.progressed(trial, at(0), 0);
      left.progressed(trial, at(50), 50);
    }
    assertEquals(50 + 100, left.seconds(50).orElseThrow(), 1e-9);
  }

  @Test
  void resumedTrialCountsOnlyItsOwnSteps() throws IOException {
    TimeLeft left = left(4);
    left.started(trials.get(0), 0);
    left.progressed(trials.get(0), at(80), 0);
    left.progressed(trials.get(0), at(90), 20);
    assertEquals(200, left.seconds(20).orElseThrow(), 1e-9, "of those that wait");
  }

  @Test
  void trialTakesAsLongAsThoseOfItsConfigurationThatHaveEnded() throws IOException {
    TimeLeft left = left(1);
    left.started(trials.get(0), 0);
    left.ended(trials.get(0), status(TrialState.DONE, 500));
    left.started(trials.get(2), 500);
    left.progressed(trials.get(2), at(0), 500);
    left.progressed(trials.get(2), at(50), 550);
    assertEquals(500 + 50 + 100, left.seconds(550).orElseThrow(), 1e-9);
    left.ended(trials.get(2), status(TrialState.FAILED, 50));
    assertEquals(500 + 500, left.seconds(550).orElseThrow(), 1e-9, "nothing else is known");
  }

  @Test
  void anotherConfigurationTakesAsLongAsThoseOfItsBase() throws IOException {
    List<Trial> all =
        trials(
            """
            overrides { training.iterations = 100 }
            blocks = [
              { base = smoke, grid { training.batch = [2, 4] } }
              { base = gaussians-25, grid { training.batch = [2, 4] } }
            ]
            """);
    TimeLeft left =
        new TimeLeft(Results.read(new SweepFolder(folder), all, measured()), all, all, 1);
    left.started(all.get(0), 0);
    left.ended(all.get(0), status(TrialState.DONE, 500));
    left.started(all.get(2), 500);
    left.ended(all.get(2), status(TrialState.DONE, 20));
    assertEquals(500 + 20, left.seconds(520).orElseThrow(), 1e-9);
  }

  @Test
  void thoseThatHaveEndedBeforeCountToo() throws IOException {
    SweepFolder sweep = new SweepFolder(folder);
    RunFolder run = sweep.run(trials.get(0).name());
    Files.createDirectories(sweep.status("any").getParent());
    Files.createDirectories(run.root());
    Files.writeString(run.experiment(), trials.get(0).text());
    Files.writeString(run.metrics(), "step\n");
    status(TrialState.DONE, 300).write(sweep.status(trials.get(0).name()));
    TimeLeft left = new TimeLeft(results(sweep), trials, trials.subList(1, 4), 1);
    assertEquals(900, left.seconds(0).orElseThrow(), 1e-9);
  }

  @Test
  void workIsDoneByWhoeverIsFreeFirst() {
    assertEquals(0, TimeLeft.atOnce(List.of(), 2));
    assertEquals(6, TimeLeft.atOnce(List.of(1.0, 2.0, 3.0), 1));
    assertEquals(4, TimeLeft.atOnce(List.of(1.0, 2.0, 3.0), 2));
    assertEquals(3, TimeLeft.atOnce(List.of(1.0, 2.0, 3.0), 5));
  }

  private TimeLeft left(int workers) throws IOException {
    return new TimeLeft(results(new SweepFolder(folder)), trials, trials, workers);
  }

  private Results results(SweepFolder sweep) throws IOException {
    return Results.read(sweep, trials, measured());
  }

  private static MeasuredRuns measured() {
    try (Plugins plugins = Plugins.load(Optional.empty())) {
      return Guice.createInjector(plugins).getInstance(MeasuredRuns.class);
    }
  }

  private static Status status(TrialState state, double seconds) {
    return new Status(state, seconds, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static RunProgress at(long step) {
    return new RunProgress(step, 100, RunState.TRAINING, Optional.empty(), 0, Instant.EPOCH);
  }

  private static List<Trial> trials(String sweep) {
    try (Plugins plugins = Plugins.load(Optional.empty())) {
      return Guice.createInjector(plugins)
          .getInstance(Planner.class)
          .plan(Hocon.text(sweep, "sweep"), Path.of(""))
          .trials();
    }
  }
}
