package io.ddgan.cli.crash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.TrainingListener;
import io.ddgan.contract.crash.FolderHistory;
import io.ddgan.embed.Ddgan;
import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.eval.records.EvaluationRecord;
import io.ddgan.internal.file.LockFile;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.run.MetricsCsv;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings and evaluations killed before and after each of their file operations, which are
 * recorded from an undisturbed one.
 */
@Tag("slow")
class KilledTrainingTest {

  private static final int STEPS = 3;
  private static final int KEPT = 1;

  /** Files that change during training or depend on its speed. */
  private static final List<String> CHANGING =
      List.of(".lock", "log.txt", "log.txt.lck", "progress.json", "provenance.json");

  @TempDir Path folder;

  private final Ddgan ddgan = Ddgan.open();

  @AfterEach
  void close() {
    ddgan.close();
  }

  @Test
  void trainingKilledAtAnyWriteResumesBitForBit() throws Exception {
    FolderHistory moments = new FolderHistory(folder.resolve("whole"));
    train(moments.watched());
    RunFolder whole = new RunFolder(folder.resolve("whole"));
    String results = results(whole);

    Map<String, byte[]> checkpoints = new HashMap<>();
    Map<List<Object>, Path> different = new LinkedHashMap<>();
    int number = 0;
    for (Map<String, byte[]> moment : moments.all()) {
      Path run = folder.resolve("killed-" + number++);
      FolderHistory.restore(moment, run);
      assertWhole(new RunFolder(run), whole);
      moment.forEach(
          (name, bytes) -> {
            if (name.matches("(checkpoints|best)/\\d+/.+")) {
              assertArrayEquals(checkpoints.merge(name, bytes, (old, now) -> old), bytes, name);
            }
          });
      different.put(afterTidying(run), run);
    }
    assertTrue(different.size() > 20, "all that was watched: " + different.size());

    for (Path run : different.values()) {
      train(run);
      assertEquals(results, results(new RunFolder(run)), run.toString());
      assertEquals(List.of(), FolderHistory.leftovers(run));
    }
  }

  @Test
  void evaluationKilledAtAnyWriteResumes() throws Exception {
    Path trained = folder.resolve("trained");
    train(trained);
    FolderHistory moments = new FolderHistory(folder.resolve("whole"));
    FolderHistory.restore(FolderHistory.content(trained), folder.resolve("whole"));
    Map<String, Double> values = evaluate(moments.watched());
    RunFolder whole = new RunFolder(folder.resolve("whole"));
    String results = results(whole);

    int number =
        moments.check(
            folder,
            run -> {
              assertWhole(new RunFolder(run), whole);
              assertEquals(values, evaluate(run));
              assertEquals(results, results(new RunFolder(run)));
              assertEquals(List.of(), FolderHistory.leftovers(run));
            });
    assertTrue(number > 10, "all that was watched: " + number);
  }

  private void train(Path run) throws IOException, InterruptedException {
    Experiment experiment =
        ddgan.experiment(
            "gaussians-25",
            "data.points-per-mode=4",
            "schedule.steps=2",
            "generator={type=mlp,width=4,layers=1}",
            "discriminator={type=mlp,width=4,layers=1}",
            "penalty=[]",
            "training.steps=" + STEPS,
            "training.batch-size=8",
            "training.log-every=1",
            "training.checkpoint-every=1",
            "training.keep-checkpoints=" + KEPT,
            "training.sample-every=2",
            "training.sample-count=4",
            "evaluation.every=2",
            "evaluation.keep-best=identity-fid",
            "evaluation.metrics=[{type=fid,samples=16}]");
    assertEquals(STEPS, ddgan.train(experiment, run, new TrainingListener() {}));
  }

  private Map<String, Double> evaluate(Path run) throws IOException {
    return ddgan.evaluate(
        run, "evaluation.metrics=[{type=modes,samples=16},{type=fid,samples=16}]");
  }

  /** Reads a run as another process would. */
  private static void assertWhole(RunFolder run, RunFolder whole) throws IOException {
    if (!run.isRun()) {
      return;
    }
    assertEquals(Files.readString(whole.experiment()), Files.readString(run.experiment()));
    Provenance unused = Provenance.read(run.provenance());
    for (Path store : List.of(run.checkpoints(), run.best())) {
      CheckpointStore checkpoints = new CheckpointStore(store, KEPT);
      for (long step : checkpoints.steps()) {
        assertEquals(step, checkpoints.load(step).step());
      }
    }
    assertTrue(
        MetricsCsv.read(whole.metrics())
            .keySet()
            .containsAll(MetricsCsv.read(run.metrics()).keySet()));
    assertTrue(values(whole).containsAll(values(run)));
  }

  private static Collection<Double> values(RunFolder run) throws IOException {
    return new EvaluationFiles(run.root()).read().stream().map(EvaluationRecord::value).toList();
  }

  /** Returns the state after the removal of leftovers, as a new process does. */
  private static List<Object> afterTidying(Path root) throws IOException {
    RunFolder run = new RunFolder(root);
    if (run.isRun()) {
      LockFile lock = run.resume();
      try (lock) {
        new CheckpointStore(run.checkpoints(), KEPT).tidy();
        new CheckpointStore(run.best(), 1).tidy();
      }
    }
    List<Object> all = new ArrayList<>();
    FolderHistory.content(root)
        .forEach(
            (name, bytes) -> {
              if (!CHANGING.contains(name)) {
                all.addAll(List.of(name, Arrays.hashCode(bytes)));
              }
            });
    return all;
  }

  /** Returns the results as text, one line per file. */
  private static String results(RunFolder run) throws IOException {
    Map<String, String> results = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : FolderHistory.content(run.root()).entrySet()) {
      if (!CHANGING.contains(file.getKey())) {
        results.put(file.getKey(), "hash " + Arrays.hashCode(file.getValue()));
      }
    }
    Map<String, Object> metrics = new TreeMap<>(MetricsCsv.read(run.metrics()));
    metrics.keySet().removeAll(List.of("examples-per-second", "seconds"));
    results.put(run.metrics().getFileName().toString(), metrics.toString());
    return String.join("\n", results.entrySet().stream().map(Object::toString).toList());
  }
}
