package io.ddgan.app.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.typesafe.config.Config;
import io.ddgan.api.ProcessLauncher;
import io.ddgan.api.TrainingListener;
import io.ddgan.app.experiment.Experiments;
import io.ddgan.app.process.EndedTrial;
import io.ddgan.app.process.Workers;
import io.ddgan.app.sweep.Sweep.Policy;
import io.ddgan.contract.crash.FolderHistory;
import io.ddgan.embed.Ddgan;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.file.LockFile;
import io.ddgan.internal.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep killed before and after each of its file operations. Its trials were trained before and
 * are copied into place.
 */
@Tag("slow")
class KilledSweepTest {

  private static final String FILE =
      """
      base = gaussians-25
      blocks = [{ grid { schedule.steps = [1, 2] } }]
      overrides {
        data.points-per-mode = 4
        generator { type = mlp, width = 4, layers = 1 }
        discriminator { type = mlp, width = 4, layers = 1 }
        penalty = []
        training { steps = 1, batch-size = 8, sample-every = 0 }
        evaluation.metrics = [{ type = fid, samples = 16 }]
      }
      """;

  @TempDir Path folder;

  private final Config file = Hocon.text(FILE, "sweep.conf");
  private final Map<String, Map<String, byte[]>> trained = new TreeMap<>();

  @Test
  void sweepKilledAtAnyWriteResumes() throws Exception {
    try (Plugins plugins = Plugins.load(Optional.empty());
        Ddgan ddgan = Ddgan.open()) {
      Injector injector = Guice.createInjector(plugins);
      List<Trial> trials = injector.getInstance(Planner.class).plan(file, folder).trials();
      for (Trial trial : trials) {
        Path run = folder.resolve("trained").resolve(trial.name());
        ddgan.train(trial.experiment(), run, new TrainingListener() {});
        trained.put(trial.name(), FolderHistory.content(run));
      }
      Experiments experiments = injector.getInstance(Experiments.class);
      FolderHistory moments = new FolderHistory(folder.resolve("whole"));
      sweep(moments.watched(), trials, experiments);
      Map<String, String> whole = results(folder.resolve("whole"));
      assertTrue(whole.get("results.csv").contains("fid"), whole.toString());

      int number =
          moments.check(
              folder,
              killed -> {
                SweepFolder sweep = new SweepFolder(killed);
                if (FolderHistory.content(killed).containsKey("results.csv")) {
                  assertEquals(2, sweep.trials().size());
                }
                SweepResults unused = SweepResults.read(sweep, trials, experiments);
                sweep(killed, trials, experiments);
                assertEquals(whole, results(killed));
              });
      assertTrue(number > 30, "all that was watched: " + number);
    }
  }

  private void sweep(Path root, List<Trial> trials, Experiments experiments)
      throws IOException, InterruptedException {
    SweepFolder sweep = new SweepFolder(root);
    LockFile lock = sweep.open(file, sweep.isSweep());
    try (lock) {
      SweepResults results =
          new Sweep(
                  sweep,
                  new Trained(),
                  new Workers(2, 1, List.of()),
                  List.of(),
                  experiments,
                  new SweepListener() {})
              .run(trials, Policy.DEFAULT, () -> false);
      assertEquals(2, results.count(TrialStatus.TrialState.DONE));
    }
  }

  /** Returns the final files as text, without the seconds. */
  private static Map<String, String> results(Path root) throws IOException {
    SweepFolder sweep = new SweepFolder(root);
    Map<String, String> results = new TreeMap<>();
    for (Path table : List.of(sweep.results(), sweep.summary())) {
      String text = Files.readString(table).replaceAll(",[0-9.]*,done,", ",done,");
      results.put(table.getFileName().toString(), text);
    }
    return results;
  }

  /** Copies a trained run into place. */
  private final class Trained implements ProcessLauncher {

    @Override
    public Handle launch(Request trial) throws IOException {
      FolderHistory.restore(trained.get(trial.name()), Path.of(trial.folder().toString()));
      return new EndedTrial(OptionalInt.of(0));
    }
  }
}
