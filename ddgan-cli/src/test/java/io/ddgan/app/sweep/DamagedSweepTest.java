package io.ddgan.app.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.inject.Guice;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.config.ConfigurationException;
import io.ddgan.contract.DamagedFiles;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DamagedSweepTest {

  private static final int WAYS = 500;

  @TempDir Path folder;

  @Test
  void damagedTrialsAreReportedOrRead() throws IOException {
    Path file = folder.resolve("trial.json");
    new TrialStatus(TrialStatus.TrialState.FAILED, 2.5, Optional.of("no room"), Optional.of("0a"))
        .write(file);
    DamagedFiles.check(file, WAYS, () -> TrialStatus.read(file));
  }

  @Test
  void changedTrialsAndTrialListsAreRefused() throws IOException {
    Path state = folder.resolve("trial.json");
    TrialStatus.NEW.now(TrialStatus.TrialState.DONE, 2.5, Optional.empty()).write(state);
    Files.writeString(state, Files.readString(state).replace("2.5", "3.5"));
    assertThrows(IOException.class, () -> TrialStatus.read(state));
    Path plan = folder.resolve("plan.json");
    TrialList written = list("one");
    written.write(plan);
    assertEquals(written, TrialList.read(plan));
    Files.writeString(plan, Files.readString(plan).replace("\"one\"", "\"two\""));
    assertThrows(IOException.class, () -> TrialList.read(plan));
  }

  @Test
  void damagedTrialListsAreReportedOrRead() throws IOException {
    Path file = folder.resolve("plan.json");
    list("one").write(file);
    DamagedFiles.check(file, WAYS, () -> TrialList.read(file));
  }

  private static TrialList list(String label) {
    TrialList.Entry trial =
        new TrialList.Entry("0a1b", "0a", label, "0a1b", List.of(label), 0, List.of("fid"));
    return new TrialList(List.of("label"), List.of(trial));
  }

  @Test
  void damagedSweepsAndExperimentsAreReportedOrRead() throws IOException {
    try (Plugins plugins = Plugins.load(Optional.empty())) {
      var injector = Guice.createInjector(plugins);
      Planner planner = injector.getInstance(Planner.class);
      Path sweep = folder.resolve("sweep.conf");
      Files.writeString(
          sweep,
          """
          base = "gaussians-25"
          seeds = [0, 1]
          blocks = [{ grid { schedule.steps = [1, 2], penalty.gamma { range = [0.1, 0.5], count = 3 } } }]
          exclude = [{ schedule.steps = 1, penalty.gamma = 0.1 }]
          """);
      check(sweep, () -> planner.plan(Hocon.file(sweep), folder));
      Experiments experiments = injector.getInstance(Experiments.class);
      Path experiment = folder.resolve("experiment.conf");
      Files.writeString(
          experiment,
          """
          base = gaussians-25
          training { batch-size = 32, learning-rate-generator = 1e-3 }
          generator { type = mlp, width = 16 }
          """);
      check(experiment, () -> experiments.read(experiment.toString(), List.of()));
    }
  }

  /** Checks a reader of a configuration, which has its own kind of errors. */
  private static void check(Path file, DamagedFiles.Reader reader) throws IOException {
    DamagedFiles.check(
        file,
        WAYS / 2,
        1L << 30,
        () -> {
          try {
            reader.read();
          } catch (ConfigurationException e) {
            if (e.getMessage().contains("Exception")) {
              throw new IllegalStateException(e);
            }
          }
        });
  }
}
