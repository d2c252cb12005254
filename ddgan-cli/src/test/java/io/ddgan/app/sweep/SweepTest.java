package io.ddgan.app.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.typesafe.config.Config;
import io.ddgan.api.ProcessLauncher;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.process.EndedTrial;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.Sweep.Policy;
import io.ddgan.app.sweep.TrialStatus.TrialState;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.file.LockFile;
import io.ddgan.internal.plugin.Plugins;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {

  private static final String FILE =
      """
      base = gaussians-25
      blocks = [{ grid { schedule.steps = [1, 2] } }]
      """;

  @TempDir Path folder;

  private final Config file = Hocon.text(FILE, "sweep.conf");

  @Test
  void unusedWorkersLeaveTheirMemoryToOthers() throws Exception {
    Failing launcher = new Failing();
    try (Plugins plugins = Plugins.load(Optional.empty())) {
      Injector injector = Guice.createInjector(plugins);
      List<Trial> trials = injector.getInstance(Planner.class).plan(file, folder).trials();
      SweepFolder sweep = new SweepFolder(folder.resolve("sweep"));
      LockFile lock = sweep.open(file, false);
      try (lock) {
        SweepResults results =
            new Sweep(
                    sweep,
                    launcher,
                    new Workers(16, 1, List.of()),
                    List.of(),
                    injector.getInstance(Experiments.class),
                    new SweepListener() {})
                .run(trials, Policy.DEFAULT, () -> false);
        assertEquals(2, results.count(TrialState.FAILED));
      }
    }
    assertEquals(List.of(2, 2), launcher.atOnce);
  }

  /** Records the number of concurrent trials and fails them. */
  private static final class Failing implements ProcessLauncher {

    private final List<Integer> atOnce = new ArrayList<>();

    @Override
    public Handle launch(Request trial) {
      atOnce.add(trial.resources().concurrentTrials());
      return new EndedTrial(OptionalInt.of(1));
    }
  }
}
