package io.ddgan.app.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.CommandTest;
import io.ddgan.cli.FewGarments;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The figures of {@code ddgan sample} with barely trained networks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class FigureTest extends CommandTest {

  /** Images of 32 pixels are magnified to 64, with a border of 2. */
  private static final int CELL = 66;

  private static final String FEW = "data.points-per-mode=40";
  private static final String SMALL = "generator.width=32";
  private static final String NO_PICTURES = "training.sample-every=0";

  @TempDir static Path folder;

  @BeforeAll
  void train() throws IOException {
    String data = FewGarments.write(folder.resolve("data"));
    train("smoke", "images", data);
    train("gaussians-25", "points", FEW, SMALL, NO_PICTURES);
    train("smoke", "images-without", data, "objective.latent-distribution=none", NO_PICTURES);
  }

  @Test
  void trajectoryIsAStripAndAnAnimation() throws IOException {
    Path file = folder.resolve("chain.png");
    assertEquals(
        0, sample("images", file, "--figure", "trajectory", "--count", "2"), err::toString);
    BufferedImage strip = ImageIO.read(file.toFile());
    assertEquals(2 + 3 * CELL, strip.getWidth(), "x_2, x_1 and x_0");
    assertEquals(2 + 2 * CELL, strip.getHeight());
    BufferedImage samples = samples(2);
    assertEquals(cell(samples, 0, 0), cell(strip, 2, 0));
    assertEquals(cell(samples, 1, 0), cell(strip, 2, 1));
    assertNotEquals(cell(strip, 0, 0), cell(strip, 1, 0));
    assertEquals(3, frames(folder.resolve("chain.gif")));
  }

  @Test
  void trajectoryOfPointsIsARowOfPlots() throws IOException {
    Path file = folder.resolve("points.png");
    assertEquals(
        0, sample("points", file, "--figure", "trajectory", "--count", "50"), err::toString);
    assertEquals(5 * 320, ImageIO.read(file.toFile()).getWidth());
    assertEquals(5, frames(folder.resolve("points.gif")));
  }

  @Test
  void longTrajectoryIsThinnedOut() throws IOException {
    train("gaussians-25-ddpm", "long", "schedule.steps=100", FEW, SMALL, NO_PICTURES);
    Path file = folder.resolve("long.png");
    assertEquals(
        0,
        sample(
            "long",
            file,
            "--figure",
            "trajectory",
            "--count",
            "5",
            "--columns",
            "4",
            "--batch-size",
            "5"),
        err::toString);
    assertEquals(4 * 320, ImageIO.read(file.toFile()).getWidth());
    assertEquals(40, frames(folder.resolve("long.gif")));
  }

  @Test
  void latentsShowTheInputAndItsDenoisedVariants() throws IOException {
    Path file = folder.resolve("latents.png");
    assertEquals(
        0,
        sample("images", file, "--figure", "latents", "--count", "2", "--columns", "5"),
        err::toString);
    BufferedImage figure = ImageIO.read(file.toFile());
    assertEquals(2 + 5 * CELL, figure.getWidth());
    Path chain = folder.resolve("for-latents.png");
    assertEquals(0, sample("images", chain, "--figure", "trajectory", "--count", "2"));
    assertEquals(cell(ImageIO.read(chain.toFile()), 1, 1), cell(figure, 0, 1), "x_1");
    assertNotEquals(cell(figure, 1, 1), cell(figure, 2, 1));
  }

  @Test
  void interpolationStartsAtTheSamples() throws IOException {
    Path file = folder.resolve("interpolation.png");
    assertEquals(
        0,
        sample("images", file, "--figure", "interpolation", "--count", "2", "--columns", "3"),
        err::toString);
    BufferedImage figure = ImageIO.read(file.toFile());
    BufferedImage samples = samples(2);
    assertEquals(cell(samples, 0, 0), cell(figure, 0, 0));
    assertEquals(cell(samples, 1, 0), cell(figure, 0, 1));
    assertNotEquals(cell(figure, 0, 0), cell(figure, 2, 0));
    assertEquals(
        0,
        sample("images-without", file, "--figure", "interpolation", "--columns", "3"),
        err::toString);
    figure = ImageIO.read(file.toFile());
    assertNotEquals(cell(figure, 0, 0), cell(figure, 1, 0), "the noise changes, too");
  }

  @Test
  void diffusesAndDenoisesAPicture() throws IOException {
    Path picture = folder.resolve("picture.png");
    BufferedImage red = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 50 * 40; i++) {
      red.setRGB(i % 50, i / 50, 0xFFFFFF);
    }
    ImageIO.write(red, "png", picture.toFile());
    Path file = folder.resolve("from.png");
    assertEquals(
        0,
        sample(
            "images",
            file,
            "--from-image",
            picture.toString(),
            "--start-time",
            "1",
            "--count",
            "3"),
        err::toString);
    BufferedImage figure = ImageIO.read(file.toFile());
    assertEquals(2 + 4 * CELL, figure.getWidth());
    assertEquals(2 + 2 * CELL, figure.getHeight());
    assertTrue(brightness(figure, 0) > 254, "the picture");
    assertTrue(brightness(figure, 1) < 250, "with noise");
    assertTrue(brightness(figure, 1) > 128, "but not all of it");
  }

  @Test
  void unsuitableFiguresAreRefused() {
    String none = folder.resolve("none.png").toString();
    String smoke = folder.resolve("images/samples/00000002.png").toString();
    assertError(1, "1 to 2 (T = 2)", "images", "--from-image", smoke, "--start-time", "3");
    assertError(
        1, "none.png: it does not exist", "images", "--from-image", none, "--start-time", "1");
    assertError(2, "--from-image", "images", "--start-time", "1");
    assertError(1, "cannot be shown in this figure", "points", "--figure", "latents");
    assertError(1, "shape 2", "points", "--from-image", none, "--start-time", "1");
    assertError(1, "--columns", "points", "--figure", "trajectory", "--columns", "1");
    assertError(2, "--figure", "points", "--columns", "3");
    assertError(1, "x.npz", "images", "--figure", "trajectory", "--out", "x.npz");
    assertError(1, "3,000,000", "images", "--count", "3000000");
    assertError(1, "no latent vectors", "images-without", "--figure", "latents");
    assertError(2, "sampler: steps must be at most the 2 steps", "images", "sampler.type=ddim");
    assertError(2, "only sampler can be overridden", "images", "schedule.steps=3");
    assertError(2, "did you mean 'ddim'", "images", "sampler.type=dim");
  }

  private void assertError(int exitCode, String message, String run, String... arguments) {
    err.getBuffer().setLength(0);
    List<String> words = List.of("sample", folder.resolve(run).toString());
    assertEquals(exitCode, run(words, arguments), err::toString);
    assertTrue(err.toString().contains(message), err::toString);
  }

  private BufferedImage samples(int count) throws IOException {
    Path file = folder.resolve("samples.png");
    assertEquals(0, sample("images", file, "--count", Integer.toString(count)), err::toString);
    return ImageIO.read(file.toFile());
  }

  private static int frames(Path file) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new File(file.toString()))) {
      reader.setInput(in);
      return reader.getNumImages(true);
    } finally {
      reader.dispose();
    }
  }

  /** Returns a hash of the colours of a cell. */
  private static int cell(BufferedImage picture, int column, int row) {
    return Arrays.hashCode(colours(picture, column, row));
  }

  private static int[] colours(BufferedImage picture, int column, int row) {
    int side = CELL - 2;
    return picture.getRGB(2 + column * CELL, 2 + row * CELL, side, side, null, 0, side);
  }

  private static double brightness(BufferedImage picture, int column) {
    return Arrays.stream(colours(picture, column, 0)).map(c -> c & 0xFF).average().orElseThrow();
  }

  private void train(String preset, String name, String... keys) {
    List<String> words =
        List.of(
            "train",
            "--run",
            folder.resolve(name).toString(),
            preset,
            "training.steps=2",
            "training.learning-rate-generator=0.01",
            "training.ema-decay=0",
            "training.sample-count=4",
            "evaluation.metrics=[]");
    assertEquals(0, run(words, keys), err::toString);
  }

  private int sample(String run, Path file, String... arguments) {
    String trained = folder.resolve(run).toString();
    return run(List.of("sample", trained, "--out", file.toString()), arguments);
  }
}
