package org.example;

import io.ddgan.api.Model;
import io.ddgan.embed.Ddgan;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Loads a trained model and writes a picture with a row of garments per class. */
public final class Garments {

  private static final int EACH = 12;

  private Garments() {}

  public static void main(String[] arguments) throws IOException {
    Path picture = Path.of(arguments[1]);
    try (Ddgan ddgan = Ddgan.open();
        Model model = ddgan.load(Path.of(arguments[0]))) {
      int side = model.shape().height();
      BufferedImage rows =
          new BufferedImage(
              EACH * side, model.classNames().size() * side, BufferedImage.TYPE_BYTE_GRAY);
      for (int label = 0; label < model.classNames().size(); label++) {
        float[] garments = model.sample(EACH, 0, model.classNames().get(label));
        for (int i = 0; i < garments.length; i++) {
          int x = i / (side * side) * side + i % side;
          int y = label * side + i / side % side;
          rows.getRaster().setSample(x, y, 0, grey(garments[i]));
        }
      }
      ImageIO.write(rows, "png", picture.toFile());
      System.out.printf("%s: %s%n", String.join(", ", model.classNames()), picture);
    }
  }

  /** Maps [-1, 1] to [0, 255], clamping values outside. */
  private static int grey(float value) {
    return Math.round(255 * Math.min(1, Math.max(0, (value + 1) / 2)));
  }
}
