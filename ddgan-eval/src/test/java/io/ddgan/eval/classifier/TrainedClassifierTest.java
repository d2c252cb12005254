package io.ddgan.eval.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.contract.DamagedFiles;
import io.ddgan.contract.Warnings;
import io.ddgan.internal.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedClassifierTest {

  private static final TrainedClassifier TRAINED =
      new TrainedClassifier(Tensor.of(List.of(2L), 1, 2), 0.9);

  @TempDir Path folder;

  @Test
  void aDamagedFileHoldsNothingOrWhatWasWritten() throws IOException {
    Path file = folder.resolve("key.safetensors");
    assertEquals(Optional.empty(), TrainedClassifier.read(file));
    TRAINED.write(file);
    assertEquals(Optional.of(TRAINED), TrainedClassifier.read(file));
    List<Optional<TrainedClassifier>> read = new ArrayList<>();
    List<String> warnings =
        Warnings.of(
            () -> DamagedFiles.check(file, 1000, () -> read.add(TrainedClassifier.read(file))));
    read.removeIf(Optional.of(TRAINED)::equals);
    assertEquals(read.size(), warnings.size());
    read.removeIf(Optional::isEmpty);
    assertEquals(List.of(), read);
  }
}
