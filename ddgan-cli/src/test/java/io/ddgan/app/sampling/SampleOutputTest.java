package io.ddgan.app.sampling;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleOutputTest {

  private static final DataShape IMAGE = DataShape.image(1, 8, 8);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"x.webp", "x.JPG", "out/x.jpeg", "x.npy", "x.safetensors"})
  void aFormatThatIsNotWrittenIsNotTakenForAFolder(String file) {
    RefusedException refused =
        assertThrows(RefusedException.class, () -> SampleOutput.to(Path.of(file), IMAGE, 1, false));
    assertEquals(
        Path.of(file)
            + " looks like a file of a format that samples are not written in; write --out FILE.png or FILE.npz, or name a folder",
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.png", "x.PNG", "x.npz", "samples", "run-1.5", "a.webp.folder"})
  void picturesArraysAndFoldersAreWritten(String target) {
    assertDoesNotThrow(() -> SampleOutput.to(Path.of(target), IMAGE, 1, false));
  }

  @Test
  void aFolderThatIsThereMayHaveAnyName() throws IOException {
    Path named = Files.createDirectory(folder.resolve("samples.webp"));
    assertDoesNotThrow(() -> SampleOutput.to(named, IMAGE, 1, false));
  }

  @Test
  void whatAFolderHoldsBesidesIsCounted() throws IOException {
    for (String file : List.of("000000.png", "000001.png", "000002.png", "notes.txt")) {
      Files.createFile(folder.resolve(file));
    }
    SampleOutput output = SampleOutput.to(folder, IMAGE, 2, false);
    assertEquals(2, output.others(0, 2));
    assertEquals(3, output.others(2, 2));
    assertEquals(0, SampleOutput.to(folder.resolve("x.png"), IMAGE, 2, false).others(0, 2));
  }

  @Test
  void pointsAreNotWrittenToAFolder() {
    assertThrows(
        RefusedException.class,
        () -> SampleOutput.to(Path.of("samples"), DataShape.point(2), 1, false));
  }

  @Test
  void moreThanOnePictureCanShowIsWrittenToAnArrayOrAFolderAlone() {
    assertDoesNotThrow(() -> SampleOutput.to(Path.of("x.npz"), IMAGE, 1_000_000, false));
    assertDoesNotThrow(() -> SampleOutput.to(Path.of("samples"), IMAGE, 1_000_000, false));
    for (String target : List.of("x.npz", "samples", "x.png")) {
      RefusedException refused =
          assertThrows(
              RefusedException.class,
              () -> SampleOutput.to(Path.of(target), IMAGE, 1_000_000, true));
      assertEquals(
          "a picture cannot show 1,000,000 images of 8x8 pixels, at most 22,956",
          refused.getMessage());
    }
  }
}
