package io.ddgan.train;

import io.ddgan.contract.DamagedFiles;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.run.Environment;
import io.ddgan.train.run.MetricsCsv;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DamagedRunTest {

  private static final int WAYS = 500;

  @TempDir Path folder;

  @Test
  void checkpointsAreRefused() throws IOException {
    CheckpointStore store = new CheckpointStore(folder, 3);
    Safetensors part = new Safetensors(Map.of("w", Tensor.of(List.of(2L), 1, 2)));
    Path saved = store.save(new Checkpoint(7, Map.of(Checkpoint.EMA, part)));
    for (String file : List.of("state.json", "ema.safetensors")) {
      DamagedFiles.check(saved.resolve(file), WAYS, () -> store.load(7));
      DamagedFiles.check(saved.resolve(file), WAYS, () -> store.sizes(7));
      DamagedFiles.check(saved.resolve(file), WAYS, () -> store.superfluous());
    }
  }

  @Test
  void metricsAreRefusedOrRead() throws IOException {
    Path file = folder.resolve("metrics.csv");
    try (MetricsCsv metrics = MetricsCsv.resume(file, List.of("loss", "speed"), 0)) {
      metrics.append(10, Map.of("loss", 0.5));
      metrics.append(20, Map.of("loss", 0.25, "speed", 1e3));
    }
    byte[] intact = Files.readAllBytes(file);
    DamagedFiles.check(file, WAYS, () -> MetricsCsv.read(file));
    DamagedFiles.check(
        file, WAYS, () -> MetricsCsv.resume(file, List.of("loss", "speed"), 15).close());
    Files.write(file, intact);
  }

  @Test
  void provenanceIsRefusedOrRead() throws IOException {
    Path file = folder.resolve("provenance.json");
    Provenance.of("training.steps = 5", 3)
        .trainedFrom(0, new Environment(Map.of("threads", 2, "java", "17")))
        .write(file);
    DamagedFiles.check(file, WAYS, () -> Provenance.read(file));
  }

  @Test
  void progressIsReadOrIgnored() throws IOException {
    Path file = folder.resolve("progress.json");
    new RunProgress(5, 10, RunState.FAILED, Optional.of("no room"), 2.5, Instant.EPOCH).write(file);
    DamagedFiles.check(file, WAYS, () -> RunProgress.read(file));
  }
}
