package io.ddgan.eval.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.contract.DamagedFiles;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedFileTest {

  private static final Map<String, Tensor> TENSORS =
      Map.of("parameters", Tensor.of(List.of(2L), 1, 2));

  @TempDir Path folder;

  private CheckedFile file;

  @BeforeEach
  void write() throws IOException {
    file = new CheckedFile(folder.resolve("classifier.safetensors"));
    file.write(TENSORS, Map.of("accuracy", "0.9"));
  }

  private Optional<Safetensors> read(String tensor, String fact) throws IOException {
    return file.read(Set.of(tensor), Set.of(fact));
  }

  @Test
  void holdsWhatWasWritten() throws IOException {
    Safetensors content = read("parameters", "accuracy").orElseThrow();
    assertEquals(TENSORS, content.tensors());
    assertEquals("0.9", content.metadata().get("accuracy"));
  }

  @Test
  void otherNamesAreNotWhatWasWritten() {
    String message = file.file() + " does not hold what was written to it";
    for (String[] names : new String[][] {{"parameter", "accuracy"}, {"parameters", "error"}}) {
      IOException e = assertThrows(IOException.class, () -> read(names[0], names[1]));
      assertEquals(message, e.getMessage());
    }
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    DamagedFiles.check(
        file.file(),
        1000,
        () -> assertEquals(TENSORS, read("parameters", "accuracy").orElseThrow().tensors()));
  }
}
