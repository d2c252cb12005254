package io.ddgan.train.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScatterPlotTest {

  @TempDir Path folder;

  @Test
  void drawsRealPointsBlueAndGeneratedPointsOrangeWithYUpwards() throws IOException {
    BufferedImage plot =
        plot(new float[] {1, 1, 1, 1, 1, 1}, new float[] {-1, -1, -1, -1, Float.NaN, 1e30f});
    Color real = new Color(plot.getRGB(368, 31));
    Color generated = new Color(plot.getRGB(31, 368));
    assertTrue(real.getBlue() > real.getRed() + 40, real.toString());
    assertTrue(generated.getRed() > generated.getBlue() + 40, generated.toString());
  }

  @Test
  void drawsPointsOutsideAtTheEdgeAndCountsThem() throws IOException {
    BufferedImage plot = plot(new float[] {1, 1}, new float[] {0, 1e30f, 0, 0, Float.NaN, 0});
    Color top = new Color(plot.getRGB(200, 12));
    assertTrue(top.getRed() > top.getBlue() + 40, top.toString());
    assertEquals(
        Optional.of(
            "blue: data, orange: generated; 2 of 3 generated points are outside the plot, drawn at its edge"),
        Png.description(folder.resolve("plot.png")));
  }

  @Test
  void drawsAnEmptyPlot() throws IOException {
    Color corner = new Color(plot(new float[0], new float[0]).getRGB(0, 0));
    assertTrue(corner.getRed() > 240 && corner.getGreen() > 240 && corner.getBlue() > 240);
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-30f, 1, 1e30f})
  void fitsRealPointsOfAnyScale(float size) throws IOException {
    float[] corner = {size, size};
    Color shown = new Color(plot(corner, corner).getRGB(368, 31));
    assertTrue(shown.getRed() > shown.getBlue() + 40, shown.toString());
    assertEquals(
        Optional.of("blue: data, orange: generated"), Png.description(folder.resolve("plot.png")));
  }

  private BufferedImage plot(float[] real, float[] generated) throws IOException {
    Path file = folder.resolve("plot.png");
    new ScatterPlot(400).write(real, generated, file);
    return ImageIO.read(file.toFile());
  }
}
