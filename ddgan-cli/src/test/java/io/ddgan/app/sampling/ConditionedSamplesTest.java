package io.ddgan.app.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Model;
import io.ddgan.api.RefusedException;
import io.ddgan.cli.CommandTest;
import io.ddgan.cli.FewGarments;
import io.ddgan.embed.Ddgan;
import io.ddgan.internal.weights.Npz;
import io.ddgan.train.picture.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Class-conditional samples and inpainting with a barely trained network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class ConditionedSamplesTest extends CommandTest {

  private static final String CLASSES =
      "0 (T-shirt/top), 1 (Trouser), 2 (Pullover), 3 (Dress), 4 (Coat), 5 (Sandal), 6 (Shirt), 7 (Sneaker), 8 (Bag), 9 (Ankle boot)";

  private static final int WHITE = 0xFFFFFF;
  private static final int SIDE = 32;

  /** Images of 32 pixels are magnified to 64, with a border of 2. */
  private static final int CELL = 66;

  @TempDir static Path folder;

  private String data = "";

  @BeforeAll
  void train() throws IOException {
    data = FewGarments.write(folder.resolve("data"));
    train(
        "run",
        "generator.class-conditional=true",
        "discriminator.class-conditional=true",
        "evaluation.metrics=[intra-fid]",
        "evaluation.features={type=classifier,steps=2,min-accuracy=0}",
        "evaluation.samples=100");
    picture("photo.png", SIDE, SIDE, (x, y) -> 0x010101 * (4 * x + y));
    picture("mask.png", SIDE, SIDE, (x, y) -> y < 12 ? WHITE : 0);
  }

  @BeforeEach
  void forgetWhatWasPrinted() {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
  }

  private void train(String run, String... keys) {
    List<String> words =
        List.of(
            "train",
            "--run",
            path(run),
            "--cache",
            path("cache"),
            "smoke",
            data,
            "training.steps=2",
            "training.learning-rate-generator=0.01",
            "training.ema-decay=0",
            "training.sample-every=0",
            "evaluation.metrics=[]");
    assertEquals(0, run(words, keys), err::toString);
  }

  @Test
  void classIsChosenByNameOrNumber() throws IOException {
    float[] named = array("--class", "ankle-boot", "--count", "2");
    assertTrue(out.toString().contains("2 samples of class 9 (Ankle boot) from step 2"));
    assertArrayEquals(named, array("--class", "9", "--count", "2"));
    assertFalse(Arrays.equals(named, array("--class", "dress", "--count", "2")));
    try (Ddgan ddgan = Ddgan.open();
        Model model = ddgan.load(folder.resolve("run"))) {
      assertEquals("Ankle boot", model.classNames().get(9));
      assertArrayEquals(named, model.sample(2, 0, "ankle boot"), 1e-4f);
    }
  }

  @Test
  void programInpaintsAnImage() throws IOException {
    float[] image = new float[SIDE * SIDE];
    boolean[] made = new boolean[SIDE * SIDE];
    for (int i = 0; i < image.length; i++) {
      image[i] = i % 7 / 3f - 1;
      made[i] = i % SIDE < 9;
    }
    try (Ddgan ddgan = Ddgan.open();
        Model model = ddgan.load(folder.resolve("run"))) {
      float[] two = model.inpaint(image, made, 2, 3);
      assertEquals(2 * image.length, two.length);
      for (int i = 0; i < two.length; i++) {
        assertEquals(!made[i % image.length], two[i] == image[i % image.length], "pixel " + i);
      }
      float[] boots = model.inpaint(image, made, 2, 3, 2, 1, Optional.of("ankle boot"));
      assertFalse(Arrays.equals(two, boots));
      for (int times : List.of(0, 101)) {
        assertThrows(
            RefusedException.class,
            () -> model.inpaint(image, made, 1, 0, times, 1, Optional.empty()));
      }
      image[5] = 1.5f;
      for (Executable refused :
          List.<Executable>of(
              () -> model.inpaint(image, made, 1, 0),
              () -> model.inpaint(new float[3], made, 1, 0),
              () -> model.inpaint(new float[image.length], new boolean[3], 1, 0))) {
        assertThrows(RefusedException.class, refused);
      }
    }
  }

  @Test
  void allClassesAreRowsOfOnePicture() throws IOException {
    Path file = folder.resolve("all.png");
    assertEquals(0, sample("--class", "all", "--count", "3", "--out", file.toString()));
    BufferedImage picture = ImageIO.read(file.toFile());
    assertEquals(2 + 3 * CELL, picture.getWidth());
    assertEquals(2 + 10 * CELL, picture.getHeight());
    String legend =
        "classes, a row each: T-shirt/top, Trouser, Pullover, Dress, Coat, Sandal, Shirt, Sneaker, Bag, Ankle boot";
    assertEquals(Optional.of(legend), Png.description(file));
    assertTrue(out.toString().contains(": T-shirt/top, Trouser, "));
  }

  @Test
  void allClassesHaveTheSamplesOfSingleClasses() throws IOException {
    float[] all = array("--class", "all", "--count", "2");
    float[] boots = array("--class", "9", "--count", "2");
    float[] last = Arrays.copyOfRange(all, 9 * boots.length, 10 * boots.length);
    assertArrayEquals(boots, last, 1e-4f);
  }

  @Test
  void folderOfClassFoldersCanBeTrainedOn() throws IOException {
    Path target = folder.resolve("each");
    assertEquals(0, sample("--class", "all", "--count", "2", "--out", target.toString(), "--grid"));
    try (Stream<Path> folders = Files.list(target)) {
      List<String> names = folders.map(each -> each.getFileName().toString()).sorted().toList();
      assertEquals(List.of("0-t-shirt-top", "1-trouser"), names.subList(0, 2));
      assertEquals(10, names.size());
    }
    assertTrue(Files.exists(target.resolve("9-ankle-boot/000001.png")));
    assertTrue(Files.exists(folder.resolve("each.png")));
    assertTrue(out.toString().contains(": T-shirt/top, "), out::toString);
  }

  @Test
  void unknownClassListsTheValidOnes() {
    assertError(1, CLASSES, "--class", "boot");
    assertError(1, CLASSES, "--class", "10");
    assertError(2, "--parts and --class all", "--class", "all", "--figure", "trajectory");
  }

  @Test
  void unconditionalRunHasNoClassesAndClassMetrics() throws IOException {
    train("plain");
    for (String asked : List.of("all", "dress", "3")) {
      err.getBuffer().setLength(0);
      assertEquals(1, run("sample", path("plain"), "--class", asked));
      assertTrue(err.toString().contains("class-conditional"));
    }
    try (Ddgan ddgan = Ddgan.open();
        Model model = ddgan.load(folder.resolve("plain"))) {
      assertEquals(List.of(), model.classNames());
      assertThrows(RefusedException.class, () -> model.sample(1, 0, "3"));
    }
    String refusal = "generator.class-conditional = true";
    for (String[] command :
        new String[][] {
          {"evaluate", path("plain"), "--metrics", "class-accuracy", "--samples", "10"},
          {"train", "smoke", data, "evaluation.metrics=[class-accuracy]", "--run", path("new")}
        }) {
      err.getBuffer().setLength(0);
      assertNotEquals(0, run(command));
      assertTrue(err.toString().contains(refusal), err::toString);
    }
    assertFalse(Files.exists(folder.resolve("new")));
  }

  @Test
  void trainingEvaluatesClassesOrDryRunFindsTooFewExamples() throws IOException {
    String measured = Files.readString(folder.resolve("run/evaluation.csv"));
    assertTrue(measured.contains("intra-fid"), measured);
    assertEquals(0, dryRun("[class-accuracy,intra-fid]"), err::toString);
    assertEquals(2, dryRun("[{type=intra-fid,min-count=31}]"));
    assertTrue(
        err.toString()
            .contains(
                "evaluation.metrics: intra-fid needs at least 31 real examples of each class"),
        err::toString);
  }

  private int dryRun(String metrics) {
    return run(
        "train",
        "smoke",
        data,
        "generator.class-conditional=true",
        "evaluation.metrics=" + metrics,
        "--run",
        path("new"),
        "--dry-run",
        "--no-estimate");
  }

  @Test
  void classMetricsHaveARealBaseline() {
    assertEquals(
        0,
        run(
            "evaluate",
            path("run"),
            "--cache",
            path("cache"),
            "--samples",
            "100",
            "--real-baseline",
            "evaluation.metrics=[{type=intra-fid}]"),
        err::toString);
    assertTrue(err.toString().contains("only 10 samples per class"), err::toString);
    List<String> rows = out.toString().lines().filter(r -> r.contains("intra-fid")).toList();
    assertTrue(out.toString().contains("real examples"), out::toString);
    assertEquals(1, rows.size(), out::toString);
    assertTrue(
        rows.get(0).matches("\\d+ +classifier-intra-fid +100 +\\S*\\d +\\d\\S*"), rows.get(0));
  }

  @Test
  void realBaselineIsSkippedForRareClasses() throws IOException {
    String metric = "evaluation.metrics=[{type=intra-fid}]";
    List<String> evaluate =
        List.of("evaluate", path("run"), rareBoots(), metric, "--cache", path("cache"));
    assertEquals(0, run(evaluate, "--samples", "100"), err::toString);
    assertTrue(out.toString().contains("intra-fid"), out::toString);
    String reason = "class Ankle boot has only 1 of 100";
    assertTrue(err.toString().contains("skipping the real-data baseline: "), err::toString);
    assertTrue(err.toString().contains(reason), err::toString);
    assertEquals(1, run(evaluate, "--samples", "100", "--real-baseline"), err::toString);
  }

  /** Ten boots, nine of them among the first two thirds of the real examples. */
  private static String rareBoots() throws IOException {
    Path rare = folder.resolve("rare");
    String override = FewGarments.write(rare);
    Path file = rare.resolve("train-labels-idx1-ubyte");
    byte[] labels = Files.readAllBytes(file);
    for (int i = 0; i < FewGarments.COUNT; i++) {
      boolean isBoot = i >= 174 && i < 184;
      labels[labels.length - FewGarments.COUNT + i] = (byte) (isBoot ? 9 : i % 9);
    }
    Files.write(file, labels);
    return override;
  }

  @Test
  void inpaintingKeepsTheRestOfThePicture() throws IOException {
    Path file = folder.resolve("parts.png");
    assertEquals(0, inpaint("--count", "3", "--resample", "2", "--out", file.toString()));
    BufferedImage figure = ImageIO.read(file.toFile());
    assertEquals(2 + 5 * CELL, figure.getWidth());
    assertEquals(2 + CELL, figure.getHeight());
    for (int i = 0; i < 3; i++) {
      BufferedImage result =
          ImageIO.read(folder.resolve("parts/00000%d.png".formatted(i)).toFile());
      int differing = 0;
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          int pixel = result.getRGB(x, y) & WHITE;
          boolean isKept = pixel == 0x010101 * (4 * x + y);
          assertTrue(isKept || y < 12, "row " + y);
          differing += isKept ? 0 : 1;
        }
      }
      assertTrue(differing > 100, differing + " pixels were made");
    }
  }

  @Test
  void inpaintingDoesNotDependOnTheBatchAndWritesArrays() throws IOException {
    Path one = folder.resolve("one.npz");
    Path two = folder.resolve("two.npz");
    assertEquals(0, inpaint("--count", "3", "--batch-size", "1", "--out", one.toString()));
    assertEquals(0, inpaint("--count", "3", "--batch-size", "2", "--out", two.toString()));
    assertArrayEquals(samples(one), samples(two), 1e-4f);
    assertTrue(Files.exists(folder.resolve("one.png")));
  }

  @Test
  void notesThatAPictureIsResized() throws IOException {
    String photo = picture("large.png", 48, 40, (x, y) -> 0xFF0000);
    String mask = picture("large-mask.png", 48, 40, (x, y) -> x < 20 ? WHITE : 0);
    String note = "note: %s is 48x40 pixels; it is centre-cropped and resized to 32x32";
    assertEquals(0, sample("--from-image", photo, "--mask", mask, "--count", "1"));
    assertTrue(err.toString().contains(note.formatted(photo)));
    assertTrue(err.toString().contains(note.formatted(mask)));
    err.getBuffer().setLength(0);
    assertEquals(0, sample("--from-image", photo, "--class", "2", "--count", "1"));
    assertTrue(err.toString().contains(note.formatted(photo)));
    assertTrue(out.toString().contains("diffused to step 1 "), "half of the two steps");
    assertTrue(out.toString().contains("/samples/class-2-from-image-seed-0.png\n"), out::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--start-time 1 | 2 | --start-time",
        "--grid | 2 | --grid",
        "--resample 0 | 1 | steps can run 1 to 100 times",
        "--resample 101 | 1 | steps can run 1 to 100 times",
        "--resample 2 --jump-length 2 | 1 | --jump-length must be at most 1",
        "sampler.type=ddim sampler.steps=1 | 1 | at least 2 sampler steps",
      })
  void unsuitableInpaintingIsRefused(String options, int exitCode, String message) {
    assertEquals(exitCode, inpaint(options.split(" ", -1)));
    assertTrue(err.toString().contains(message), err::toString);
  }

  private int inpaint(String... options) {
    String photo = path("photo.png");
    String mask = path("mask.png");
    return run(List.of("sample", path("run"), "--from-image", photo, "--mask", mask), options);
  }

  private void assertError(int exitCode, String message, String... options) {
    err.getBuffer().setLength(0);
    assertEquals(exitCode, sample(options), err::toString);
    assertTrue(err.toString().contains(message), err::toString);
  }

  private float[] array(String... options) throws IOException {
    Path file = folder.resolve("samples.npz");
    List<String> words = List.of("sample", path("run"), "--out", file.toString());
    assertEquals(0, run(words, options), err::toString);
    return samples(file);
  }

  private static float[] samples(Path file) throws IOException {
    return Npz.read(file).get("samples").toArray();
  }

  private int sample(String... options) {
    return run(List.of("sample", path("run")), options);
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static String picture(String name, int width, int height, IntBinaryOperator colour)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour.applyAsInt(x, y));
      }
    }
    Path file = folder.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return file.toString();
  }
}
