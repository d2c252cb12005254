package io.ddgan.app.sampling;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleOutputTest {

  private static final DataShape IMAGE = DataShape.image(1, 8, 8);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"x.webp", "x.JPG", "out/x.jpeg", "x.npy", "x.safetensors"})
  void unsupportedExtensionsAreNotFolders(String file) {
    assertThrows(RefusedException.class, () -> SampleOutput.to(Path.of(file), IMAGE, 1, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.png", "x.PNG", "x.npz", "samples", "run-1.5", "a.webp.folder"})
  void writesPicturesArraysAndFolders(String target) {
    assertDoesNotThrow(() -> SampleOutput.to(Path.of(target), IMAGE, 1, false));
  }

  @Test
  void existingFoldersMayHaveAnyName() throws IOException {
    Path named = Files.createDirectory(folder.resolve("samples.webp"));
    assertDoesNotThrow(() -> SampleOutput.to(named, IMAGE, 1, false));
  }

  @Test
  void samplesThatCannotBeShownAreWrittenAsArrays() {
    Path array = Path.of("x.npz");
    Path pictures = Path.of("samples");
    assertThrows(
        RefusedException.class, () -> SampleOutput.to(pictures, DataShape.point(2), 1, false));
    for (Path target : new Path[] {array, pictures}) {
      assertDoesNotThrow(() -> SampleOutput.to(target, IMAGE, 1_000_000, false));
      assertThrows(RefusedException.class, () -> SampleOutput.to(target, IMAGE, 1_000_000, true));
    }
  }
}
