package io.ddgan.train.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import io.ddgan.train.data.ImageFolder.LabelSource;
import java.awt.Color;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {

  private static final Color COLOUR = new Color(255, 51, 0);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"png, 0.003", "jpg, 0.03", "jpeg, 0.03", "BMP, 0.003"})
  void readsTheFormatsOfJava(String format, double tolerance) throws IOException {
    write("a." + format, PicturesOnDisk.plain(format.toLowerCase(Locale.ROOT), 8, 8, COLOUR));
    float[] image = read(8, 3, 0);
    assertEquals(1, image[0], tolerance);
    assertEquals(-0.6, image[64], tolerance);
    assertEquals(-1, image[128], tolerance);
  }

  /** Pictures of 4x4 pixels; the first frame of animations has the colour (255, 51, 0). */
  @ParameterizedTest
  @ValueSource(strings = {"orange.webp", "animated.webp", "animated.png"})
  void readsTheFirstFrame(String name) throws IOException {
    try (var in = getClass().getResourceAsStream("/pictures/" + name)) {
      write(name, in.readAllBytes());
    }
    float[] image = read(4, 3, 0);
    assertArrayEquals(
        new double[] {1, -0.6, -1}, new double[] {image[0], image[16], image[32]}, 1e-6);
  }

  @Test
  void transparentPixelsAreBlack() throws IOException {
    write("a.png", PicturesOnDisk.transparent(4, new Color(255, 51, 0, 0)));
    write("b.png", PicturesOnDisk.transparent(4, new Color(255, 51, 0, 128)));
    assertEquals(-1, read(4, 3, 0)[0], 1e-6);
    assertEquals(0, read(4, 3, 1)[0], 0.01);
  }

  /** Older versions of Java do not read them. */
  @Test
  void readsOrRefusesCmykPictures() throws IOException {
    Path file = write("a.jpg", PicturesOnDisk.printed(8, 255, 51, 0, 255));
    try {
      float[] image = read(8, 3, 0);
      assertEquals(1, image[0], 0.1, "red");
      assertTrue(image[64] < 0.1, "some green");
      assertEquals(-1, image[128], 0.1, "no blue");
    } catch (IOException e) {
      assertEquals(
          file + " cannot be decoded (Unsupported Image Type); replace or remove it",
          e.getMessage());
    }
  }

  @Test
  void fingerprintDependsOnTheContentOfTheFiles(@TempDir Path copy) throws IOException {
    write("a.png", PicturesOnDisk.grey(4, 51));
    write("b.png", PicturesOnDisk.grey(4, 0));
    String before = fingerprint(folder);
    Path a = folder.resolve("a.png");
    Files.setLastModifiedTime(a, FileTime.fromMillis(1));
    assertEquals(before, fingerprint(folder));
    Files.copy(a, copy.resolve("1.png"));
    Files.copy(folder.resolve("b.png"), copy.resolve("2.png"));
    assertEquals(before, fingerprint(copy));
    Files.write(copy.resolve("2.png"), PicturesOnDisk.grey(4, 255));
    assertNotEquals(before, fingerprint(copy));
  }

  private static String fingerprint(Path pictures) throws IOException {
    try (OpenDataset examples = new ImageFolder(pictures, 4, 1, false, LabelSource.NONE).open()) {
      return examples.fingerprint();
    }
  }

  @Test
  void readsSubfoldersInOrderOfPathsWithoutHiddenFiles() throws IOException {
    write("b/2.png", PicturesOnDisk.grey(4, 51));
    write("a.png", PicturesOnDisk.grey(4, 0));
    write("b/deep/1.png", PicturesOnDisk.grey(4, 255));
    write("b/._2.png", new byte[] {1, 2, 3});
    write("notes.txt", new byte[] {1, 2, 3});
    write("jpg", new byte[] {1, 2, 3});
    Files.createDirectory(folder.resolve("folder.png"));
    try (OpenDataset examples = new ImageFolder(folder, 4, 1, false, LabelSource.NONE).open()) {
      assertEquals(3, examples.size());
      assertEquals(DataShape.image(1, 4, 4), examples.shape());
    }
    assertEquals(-1, read(4, 1, 0)[0]);
    assertEquals(-0.6f, read(4, 1, 1)[0], 1e-6);
    assertEquals(1, read(4, 1, 2)[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 128, 200, 255})
  void keepsTheBrightnessOfGreyPictures(int brightness) throws IOException {
    write("a.png", PicturesOnDisk.grey(6, brightness));
    float expected = brightness / 127.5f - 1;
    for (int size : new int[] {6, 3}) {
      for (float value : read(size, 3, 0)) {
        assertEquals(expected, value, 1e-6);
      }
      assertEquals(expected, read(size, 1, 0)[0], 1e-6);
    }
  }

  @Test
  void convertsColoursToLuminance() throws IOException {
    write("a.png", PicturesOnDisk.plain("png", 2, 2, COLOUR));
    assertEquals((0.299 * 255 + 0.587 * 51) / 127.5 - 1, read(2, 1, 0)[0], 1e-6);
  }

  @Test
  void resizesTheShortSideAndCropsTheLongOne() throws IOException {
    write("wide.png", PicturesOnDisk.halves(60, 20, Color.BLACK, Color.WHITE));
    float[] image = read(10, 1, 0);
    for (int row = 0; row < 10; row++) {
      assertEquals(-1, image[row * 10], 0.02);
      assertEquals(-1, image[row * 10 + 3], 0.02);
      assertEquals(1, image[row * 10 + 6], 0.02);
      assertEquals(1, image[row * 10 + 9], 0.02);
    }
    float[] larger = read(40, 1, 0);
    assertEquals(-1, larger[5 * 40 + 2], 0.02);
    assertEquals(1, larger[5 * 40 + 37], 0.02);
  }

  @Test
  void namesADamagedPicture() throws IOException {
    write("a.png", PicturesOnDisk.grey(4, 0));
    byte[] whole = PicturesOnDisk.plain("png", 64, 64, COLOUR);
    Path cut = write("b.png", Arrays.copyOf(whole, whole.length / 2));
    Path text = write("c.jpg", "no picture".getBytes(US_ASCII));
    try (OpenDataset examples = new ImageFolder(folder, 4, 1, false, LabelSource.NONE).open()) {
      assertTrue(error(examples, 1).startsWith(cut + " cannot be decoded ("), error(examples, 1));
      assertTrue(error(examples, 2).startsWith(text + " cannot be decoded ("), error(examples, 2));
    }
  }

  private static String error(OpenDataset examples, int index) {
    return assertThrows(IOException.class, () -> examples.read(index, new float[16], 0))
        .getMessage();
  }

  @Test
  void refusesAFolderWithoutPictures() throws IOException {
    write("notes.txt", new byte[] {1});
    assertTrue(error(folder).startsWith(folder + " has no PNG, JPEG, BMP or WebP files"));
    Path absent = folder.resolve("absent");
    assertEquals("cannot read " + absent + ": it does not exist", error(absent));
    ImageFolder missing = new ImageFolder(absent, 4, 3, false, LabelSource.NONE);
    assertThrows(FileNotFoundException.class, missing::open); // which a dry run allows
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void refusesAPictureThatIsNoFile() throws IOException {
    write("a.png", PicturesOnDisk.grey(4, 0));
    Files.createDirectories(folder.resolve("folder.png"));
    Files.createSymbolicLink(folder.resolve("same.png"), Path.of("a.png"));
    for (String target : List.of("missing.png", "/dev/null")) {
      Path link = Files.createSymbolicLink(folder.resolve("folder.png/b.png"), Path.of(target));
      assertTrue(error(folder).contains(link + " is not a file"), error(folder));
      Files.delete(link);
    }
    try (OpenDataset examples = new ImageFolder(folder, 4, 1, false, LabelSource.NONE).open()) {
      assertEquals(2, examples.size());
    }
  }

  private static String error(Path folder) {
    ImageFolder data = new ImageFolder(folder, 4, 3, false, LabelSource.NONE);
    return assertThrows(IOException.class, data::open).getMessage();
  }

  @Test
  void topLevelSubfoldersAreClassesInOrderOfNames() throws IOException {
    write("dogs/old/dogs/1.png", PicturesOnDisk.grey(4, 0));
    write("dogs/2.png", PicturesOnDisk.grey(4, 51));
    write("Birds/1.png", PicturesOnDisk.grey(4, 102));
    write("10/1.png", PicturesOnDisk.grey(4, 153));
    write("9/cats/1.png", PicturesOnDisk.grey(4, 204));
    write("notes/about.txt", new byte[] {1});
    try (OpenDataset examples = labelled()) {
      Labels labels = examples.labels().orElseThrow();
      List<String> names = List.of("10", "9", "Birds", "dogs");
      assertEquals(Optional.of(names), labels.names());
      assertEquals(4, labels.classes());
      assertEquals(
          List.of("10", "9", "Birds", "dogs", "dogs"),
          IntStream.range(0, examples.size()).mapToObj(i -> labels.name(labels.label(i))).toList());
    }
  }

  @Test
  void fingerprintDependsOnClassesButNotOnTheirNames() throws IOException {
    write("cats/1.png", PicturesOnDisk.grey(4, 0));
    write("cats/2.png", PicturesOnDisk.grey(4, 51));
    write("dogs/3.png", PicturesOnDisk.grey(4, 255));
    String classes = labelledFingerprint();
    assertNotEquals(fingerprint(folder), classes);
    Files.move(folder.resolve("dogs"), folder.resolve("wolves"));
    assertEquals(classes, labelledFingerprint());
    Files.move(folder.resolve("cats/2.png"), folder.resolve("wolves/2.png"));
    assertNotEquals(classes, labelledFingerprint());
  }

  private String labelledFingerprint() throws IOException {
    try (OpenDataset examples = labelled()) {
      return examples.fingerprint();
    }
  }

  @Test
  void requiresAClassForEachPictureAndTwoClasses() throws IOException {
    write("photos/cats/1.png", PicturesOnDisk.grey(4, 0));
    write("photos/dogs/1.png", PicturesOnDisk.grey(4, 255));
    String single = assertThrows(IOException.class, this::labelled).getMessage();
    assertTrue(single.contains(" has a single class, photos"), single);
    Path lost = write("lost.png", PicturesOnDisk.grey(4, 51));
    String outside = assertThrows(IOException.class, this::labelled).getMessage();
    assertTrue(outside.startsWith(lost + " has no class; "), outside);
  }

  private OpenDataset labelled() throws IOException {
    return new ImageFolder(folder, 4, 1, false, LabelSource.FOLDERS).open();
  }

  private float[] read(int size, int channels, int index) throws IOException {
    try (OpenDataset examples =
        new ImageFolder(folder, size, channels, false, LabelSource.NONE).open()) {
      float[] image = new float[examples.shape().size()];
      examples.read(index, image, 0);
      return image;
    }
  }

  private Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }
}
