package io.ddgan.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.RefusedException;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.step.TrainingState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints whose hashes are right and whose content is not. */
class ForgedCheckpointTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void numbersThatAreNotFiniteAreRefusedWithTheirFileAndTensor(float number) throws IOException {
    CheckpointStore store = new CheckpointStore(folder, 2);
    Path earlier = store.save(checkpoint(3, Tensor.of(List.of(2L), 1, 2)));
    Path forged = store.save(checkpoint(4, Tensor.of(List.of(2L), 1, number)));
    IOException refused = assertThrows(IOException.class, () -> store.load(4));
    assertEquals(
        "%s is damaged: its tensor layer.bias has numbers that are not finite; to go on from step 3, the latest intact one before it, remove or rename %s and resume"
            .formatted(forged.resolve("ema.safetensors"), forged),
        refused.getMessage());
    assertEquals(earlier, store.path(store.load(3).step()));
  }

  private static Checkpoint checkpoint(long step, Tensor bias) {
    return new Checkpoint(
        step, Map.of(Checkpoint.AVERAGE, new Safetensors(Map.of("layer.bias", bias))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-2", "2x99999999x999999", "3x32768x32767", "2147483648", "1e3"})
  void aShapeThatNoExampleHasIsRefused(String shape) {
    RefusedException refused =
        assertThrows(RefusedException.class, () -> TrainingState.shape(with("shape", shape)));
    assertEquals("the checkpoint's ema does not say the shape of the data", refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "2147483648", "18446744073709551615", "ten"})
  void aNumberOfClassesThatCannotBeIsRefused(String classes) {
    RefusedException refused =
        assertThrows(RefusedException.class, () -> TrainingState.classes(with("classes", classes)));
    assertEquals("the checkpoint gives no number of classes, but " + classes, refused.getMessage());
  }

  private static Checkpoint with(String key, String value) {
    return new Checkpoint(
        3, Map.of(Checkpoint.AVERAGE, new Safetensors(Map.of(), Map.of(key, value))));
  }

  @Test
  void measurementsThatAreNoNumbersAreRefused() {
    for (Map<String, String> forged :
        List.of(Map.of("loss", "much"), Map.of("loss", "1.5"), Map.of("loss/count", "2"))) {
      Checkpoint checkpoint =
          new Checkpoint(3, Map.of(Checkpoint.MEASUREMENTS, new Safetensors(Map.of(), forged)));
      RefusedException refused =
          assertThrows(RefusedException.class, () -> Measurements.restore(checkpoint));
      assertTrue(refused.getMessage().startsWith("the checkpoint's measurements "));
    }
  }
}
