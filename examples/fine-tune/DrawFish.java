import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws 300 grey pictures of fish into the folder fish. */
class DrawFish {

  public static void main(String[] words) throws IOException {
    Random random = new Random(0);
    new File("fish").mkdir();
    for (int i = 0; i < 300; i++) {
      ImageIO.write(fish(random), "png", new File("fish/" + i + ".png"));
    }
  }

  private static BufferedImage fish(Random random) {
    BufferedImage image = new BufferedImage(128, 128, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.translate(64, 64);
    pen.rotate(random.nextGaussian() * 0.15);
    pen.scale(random.nextBoolean() ? -1 : 1, 1);
    int w = 60 + random.nextInt(30);
    int h = 25 + random.nextInt(35);
    int tail = 14 + random.nextInt(14);
    pen.setColor(grey(120 + random.nextInt(110)));
    int[] tailX = {w / 3, w / 2 + 22, w / 2 + 14, w / 2 + 22};
    pen.fill(new Polygon(tailX, new int[] {0, -tail, 0, tail}, 4));
    int[] finY = {-h * 2 / 5, -h / 2 - 8 - random.nextInt(12), -h / 5};
    pen.fill(new Polygon(new int[] {-w / 10, w / 4, w / 3}, finY, 3));
    Ellipse2D body = new Ellipse2D.Double(-w / 2 - 8, -h / 2, w, h);
    pen.setColor(grey(120 + random.nextInt(110)));
    pen.fill(body);
    pen.clip(body);
    pen.setColor(grey(40 + random.nextInt(60)));
    for (int stripe = random.nextInt(4); stripe > 0; stripe--) {
      pen.fillRect(-w / 2 + stripe * w / 5, -64, 6, 128);
    }
    pen.fillOval(-w / 2 + 2, -h / 5 - 4, 9, 9); // the eye
    return image;
  }

  private static Color grey(int value) {
    return new Color(value, value, value);
  }
}
