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

class ClassifierFileTest {

  private static final Trained TRAINED = new Trained(Tensor.of(List.of(2L), 1, 2), 0.9);

  @TempDir Path folder;

  @Test
  void aDamagedFileHoldsNothingOrWhatWasWritten() throws IOException {
    ClassifierFile file = new ClassifierFile(folder.resolve("key.safetensors"));
    assertEquals(Optional.empty(), file.read());
    file.write(TRAINED);
    assertEquals(Optional.of(TRAINED), file.read());
    List<Optional<Trained>> read = new ArrayList<>();
    List<String> warnings =
        Warnings.of(() -> DamagedFiles.check(file.file(), 1000, () -> read.add(file.read())));
    read.removeIf(Optional.of(TRAINED)::equals);
    assertEquals(read.size(), warnings.size());
    read.removeIf(Optional::isEmpty);
    assertEquals(List.of(), read);
  }
}
