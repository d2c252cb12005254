package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint whose weights are finite and so large that nothing of what they make is. */
@Tag("slow")
class HugeWeightsTest extends CommandTest {

  @TempDir Path folder;

  @Test
  void samplesThatAreNotFiniteAreRefusedAndNotWritten() throws IOException {
    PointsExperiment.write(folder, "training { iterations = 5, checkpoint-every = 5 }\n");
    Path run = folder.resolve("run");
    assertEquals(
        0, run("train", folder.resolve("points.conf").toString(), "--run", run.toString()));
    CheckpointStore store = new CheckpointStore(run.resolve("checkpoints"), 5);
    Map<String, Safetensors> parts = new TreeMap<>(store.load(5).parts());
    parts.computeIfPresent(Checkpoint.AVERAGE, (name, weights) -> huge(weights));
    store.save(new Checkpoint(6, parts));

    Path out = folder.resolve("samples.npz");
    assertEquals(1, run("sample", run.toString(), "--count", "4", "--out", out.toString()));
    assertTrue(
        printed()
            .contains(
                "example 0 that the generator of step 6 makes is not finite; take an earlier checkpoint with --checkpoint"),
        this::printed);
    assertFalse(Files.exists(out));
    assertEquals(
        0,
        run("sample", run.toString(), "--checkpoint", "5", "--count", "4", "--out", out.toString()),
        this::printed);
  }

  private static Safetensors huge(Safetensors weights) {
    Map<String, Tensor> tensors = new TreeMap<>();
    weights
        .tensors()
        .forEach(
            (name, tensor) -> {
              float[] values = tensor.toArray();
              Arrays.fill(values, 3e38f);
              tensors.put(name, Tensor.of(tensor.shape(), values));
            });
    return new Safetensors(tensors, weights.metadata());
  }
}
