package io.ddgan.train.picture;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** A square canvas with anti-aliased drawing that is bit-identical on every platform. */
final class Canvas {

  private final int side;
  private final double[] levels;

  Canvas(int side, double background) {
    this.side = side;
    this.levels = new double[3 * side * side];
    Arrays.fill(levels, background);
  }

  /** Fills a rectangle. Edges between pixels cover them partially. */
  void box(double left, double top, double right, double bottom, int colour) {
    for (int y = first(top); y < end(bottom); y++) {
      double height = Math.min(bottom, y + 1) - Math.max(top, y);
      for (int x = first(left); x < end(right); x++) {
        double width = Math.min(right, x + 1) - Math.max(left, x);
        blend(x, y, colour, width * height);
      }
    }
  }

  /** Fills a disc, clipped to the canvas. */
  void disc(double centreX, double centreY, double radius, int colour, double opacity) {
    double reach = radius + 0.5;
    for (int y = first(centreY - reach); y < end(centreY + reach); y++) {
      for (int x = first(centreX - reach); x < end(centreX + reach); x++) {
        double dx = x + 0.5 - centreX;
        double dy = y + 0.5 - centreY;
        double cover = Math.min(Math.max(reach - Math.sqrt(dx * dx + dy * dy), 0), 1);
        blend(x, y, colour, opacity * cover);
      }
    }
  }

  BufferedImage image() {
    int[] pixels = new int[side * side];
    for (int i = 0; i < levels.length; i++) {
      pixels[i / 3] = pixels[i / 3] << 8 | (int) Math.round(255 * levels[i]);
    }
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    image.getRaster().setDataElements(0, 0, side, side, pixels);
    return image;
  }

  private int first(double edge) {
    return (int) Math.max(0, Math.floor(edge));
  }

  private int end(double edge) {
    return (int) Math.min(side, Math.ceil(edge));
  }

  private void blend(int x, int y, int colour, double opacity) {
    for (int channel = 0; channel < 3; channel++) {
      int i = 3 * (y * side + x) + channel;
      double level = (colour >> (16 - 8 * channel) & 0xFF) / 255.0;
      levels[i] += opacity * (level - levels[i]);
    }
  }
}
