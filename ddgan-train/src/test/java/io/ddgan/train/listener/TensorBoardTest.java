package io.ddgan.train.listener;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.TrainingListener;
import io.ddgan.train.listener.EventReader.Event;
import io.ddgan.train.listener.EventReader.Shown;
import io.ddgan.train.picture.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.framework.Summary;

class TensorBoardTest {

  private static final TensorBoard TENSOR_BOARD = new TensorBoard(Path.of("tensorboard"), true);

  @TempDir Path run;
  private Path folder;

  @BeforeEach
  void nameTheFolder() {
    folder = run.resolve("tensorboard");
  }

  @Test
  void testReaderVerifiesAKnownChecksum() {
    // The first record of TensorFlow's files.
    assertEquals(0x224b7fa3, EventReader.maskedCrc(new byte[] {24, 0, 0, 0, 0, 0, 0, 0}));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "/events",
        "a/../..",
        "../elsewhere",
        "checkpoints",
        "samples/events",
        "log.txt"
      })
  void requiresASeparateFolderWithinTheRun(String other) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new TensorBoard(Path.of(other), true));
    assertEquals(
        "folder must be a separate folder within the run's folder, such as tensorboard; got '%s'"
            .formatted(other),
        e.getMessage());
  }

  @Test
  void filesBeginWithTheirVersionAndFirstStep() throws IOException {
    try (TrainingListener listener = begin(40)) {
      List<Event> events = EventReader.events(onlyFile());
      assertEquals(2, events.size());
      assertEquals(Optional.of("brain.Event:2"), events.get(0).version());
      assertTrue(events.get(1).isStart());
      assertEquals(41, events.get(1).step());
      assertTrue(events.get(1).wallTime() >= events.get(0).wallTime());
      listener.onTrainEnd(40, true);
    }
  }

  @Test
  void writesRowsAndEvaluationsImmediately() throws IOException {
    try (TrainingListener listener = begin(0)) {
      listener.onLog(50, Map.of("generator-loss", 0.75, "discriminator-loss", -1.5));
      listener.onEvaluation(50, Map.of("fid", 12.25));
      listener.onLog(1L << 40, Map.of("generator-loss", Double.NaN));
      assertEquals(
          Map.of(
              "train/generator-loss@50", 0.75f,
              "train/discriminator-loss@50", -1.5f,
              "evaluation/fid@50", 12.25f,
              "train/generator-loss@1099511627776", Float.NaN),
          scalars());
    }
  }

  @ParameterizedTest
  @CsvSource({
    BufferedImage.TYPE_BYTE_GRAY + ", 1",
    BufferedImage.TYPE_3BYTE_BGR + ", 3",
    BufferedImage.TYPE_BYTE_INDEXED + ", 3",
    BufferedImage.TYPE_4BYTE_ABGR + ", 4"
  })
  void writesPictureFilesUnchanged(int type, int channels) throws IOException {
    Path picture = picture(type);
    try (TrainingListener listener = begin(0)) {
      listener.onSamples(1000, picture);
    }
    Shown shown = onlyShown();
    assertEquals("samples", shown.tag());
    assertEquals(1000, shown.step());
    Summary.Image image = shown.value().getImage();
    assertEquals(5, image.getWidth());
    assertEquals(3, image.getHeight());
    assertEquals(channels, image.getColorspace());
    assertArrayEquals(Files.readAllBytes(picture), image.getEncodedImageString().toByteArray());
  }

  @Test
  void omitsPicturesIfDisabled() throws IOException {
    try (TrainingListener listener = new TensorBoard(Path.of("tensorboard"), false).open(run)) {
      listener.onTrainStart(0, 2000);
      listener.onSamples(1000, picture(BufferedImage.TYPE_3BYTE_BGR));
    }
    assertEquals(List.of(), EventReader.shown(folder));
  }

  @Test
  void showsRepeatedStepsOfAResumedRunOnce() throws IOException {
    try (TrainingListener killed = begin(0)) {
      killed.onLog(50, Map.of("loss", 1.0));
      killed.onLog(100, Map.of("loss", 2.0));
      killed.onSamples(100, picture(BufferedImage.TYPE_3BYTE_BGR));
      killed.onLog(150, Map.of("loss", 3.0, "speed", 9.0));
    }
    try (TrainingListener resumed = begin(100)) {
      resumed.onLog(150, Map.of("loss", 4.0));
    }
    assertEquals(2, EventReader.files(folder).size());
    assertEquals(
        Map.of("train/loss@50", 1f, "train/loss@100", 2f, "train/loss@150", 4f), scalars());
    assertEquals(
        1, EventReader.shown(folder).stream().filter(s -> s.tag().equals("samples")).count());
  }

  @Test
  void showsARunRestartedBeforeItsFirstCheckpointOnce() throws IOException {
    try (TrainingListener killed = begin(0)) {
      killed.onLog(50, Map.of("loss", 1.0));
    }
    try (TrainingListener resumed = begin(0)) {
      resumed.onLog(20, Map.of("loss", 2.0));
    }
    assertEquals(Map.of("train/loss@20", 2f), scalars());
  }

  @Test
  void leavesNoFileIfTrainingDoesNotStart() throws IOException {
    try (TrainingListener listener = TENSOR_BOARD.open(run)) {
      listener.onTrainEnd(2000, true);
    }
    assertEquals(List.of(), EventReader.files(folder));
  }

  private TrainingListener begin(long first) throws IOException {
    TrainingListener listener = TENSOR_BOARD.open(run);
    listener.onTrainStart(first, 2000);
    return listener;
  }

  /** A picture of 5 x 3 pixels. */
  private Path picture(int type) throws IOException {
    Path file = run.resolve("picture.png");
    Png.write(new BufferedImage(5, 3, type), file);
    return file;
  }

  private Path onlyFile() throws IOException {
    List<Path> files = EventReader.files(folder);
    assertEquals(1, files.size());
    return files.get(0);
  }

  private Shown onlyShown() throws IOException {
    List<Shown> shown = EventReader.shown(folder);
    assertEquals(1, shown.size());
    return shown.get(0);
  }

  /** Returns all displayed numbers by tag and step, which must be unique. */
  private Map<String, Float> scalars() throws IOException {
    Map<String, Float> scalars = new TreeMap<>();
    for (Shown shown : EventReader.shown(folder)) {
      if (!shown.value().hasImage()) {
        String key = shown.tag() + "@" + shown.step();
        assertTrue(!scalars.containsKey(key), key);
        scalars.put(key, shown.value().getSimpleValue());
      }
    }
    return scalars;
  }
}
