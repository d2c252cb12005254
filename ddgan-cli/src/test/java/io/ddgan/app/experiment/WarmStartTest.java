package io.ddgan.app.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.RefusedException;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmStartTest {

  @TempDir private Path folder;

  @Test
  void changedCheckpointIsRefused() throws IOException {
    Map<String, Object> facts = source(folder.resolve("first")).facts();
    assertEquals(5, WarmStart.of(facts).step());
    facts.put("sha256", "0".repeat(64));
    String refused = assertThrows(RefusedException.class, () -> WarmStart.of(facts)).getMessage();
    assertTrue(refused.contains("SHA-256"), refused);
  }

  private static WarmStart source(Path run) throws IOException {
    Files.createDirectories(run);
    Files.writeString(new RunFolder(run).experiment(), "seed = 0");
    Tensor tensor = Tensor.of(List.of(1L), 1);
    Checkpoint checkpoint =
        new Checkpoint(5, Map.of("generator", new Safetensors(Map.of("w", tensor), Map.of())));
    new CheckpointStore(new RunFolder(run).checkpoints(), 1).save(checkpoint);
    return WarmStart.named(run.toString());
  }
}
