package io.ddgan.train.picture;

import io.ddgan.api.DataShape;
import io.ddgan.api.OpenDataset;
import io.ddgan.random.RandomStreams;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Renders examples by their shape: images in a grid, points in a scatter plot. */
public final class SampleRenderer {

  /** Images smaller than this are magnified. */
  private static final int READABLE = 64;

  private static final int PLOT = 640;
  private static final int SMALL_PLOT = 320;
  private static final int POINTS = 4000;

  private final DataShape shape;
  private final float[] real;

  private SampleRenderer(DataShape shape, float[] real) {
    this.shape = shape;
    this.real = real;
  }

  /** Creates a renderer that plots points of the data behind generated points. */
  public static SampleRenderer of(OpenDataset data) throws IOException {
    DataShape shape = data.shape();
    return shape.isImage() || !canShow(shape)
        ? plain(shape)
        : new SampleRenderer(shape, some(data));
  }

  /** Creates a renderer of generated examples only. */
  public static SampleRenderer plain(DataShape shape) {
    return new SampleRenderer(shape, new float[0]);
  }

  /** Returns whether examples of this shape can be rendered. */
  public static boolean canShow(DataShape shape) {
    return shape.isImage() ? shape.channels() == 1 || shape.channels() == 3 : shape.size() == 2;
  }

  /** Checks that a number of examples fits into one picture. */
  public void requireRoom(long examples) {
    if (shape.isImage()) {
      grid().requireRoom(examples);
    }
  }

  /** Returns random examples of a data set, drawn with replacement. */
  private static float[] some(OpenDataset data) throws IOException {
    RandomGenerator random = new RandomStreams(0).stream("pictured");
    float[] values = new float[POINTS * data.shape().size()];
    for (int i = 0; i < POINTS; i++) {
      data.read(random.nextInt(data.size()), values, i * data.shape().size());
    }
    return values;
  }

  /**
   * Writes a picture.
   *
   * @param examples {@code [N, ...shape]}
   */
  public void write(float[] examples, Path file) throws IOException {
    if (shape.isImage()) {
      Png.write(grid().draw(examples), file);
    } else {
      new ScatterPlot(PLOT).write(real, examples, file);
    }
  }

  /**
   * Writes a picture with rows of images.
   *
   * @param images {@code [rows, columns, ...shape]}
   */
  public void writeRows(float[] images, int columns, Path file) throws IOException {
    Png.write(grid().draw(images, columns), file);
  }

  /** Writes a picture with rows of images and a description. */
  public void writeRows(float[] images, int columns, String description, Path file)
      throws IOException {
    Png.write(grid().draw(images, columns), Optional.of(description), file);
  }

  /**
   * Writes states of the same examples from left to right: one row per image, one plot per state of
   * points.
   *
   * @param states {@code [N, ...shape]} each
   */
  public void writeStrip(List<float[]> states, Path file) throws IOException {
    if (!shape.isImage()) {
      Png.write(sideBySide(states.stream().map(this::plot).toList()), file);
      return;
    }
    int size = shape.size();
    int rows = states.get(0).length / size;
    float[] images = new float[states.size() * rows * size];
    for (int i = 0; i < states.size() * rows; i++) {
      float[] state = states.get(i % states.size());
      System.arraycopy(state, i / states.size() * size, images, i * size, size);
    }
    writeRows(images, states.size(), file);
  }

  private static BufferedImage sideBySide(List<BufferedImage> pictures) {
    int width = pictures.stream().mapToInt(BufferedImage::getWidth).sum();
    int height = pictures.get(0).getHeight();
    BufferedImage strip = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int left = 0;
    for (BufferedImage picture : pictures) {
      strip.getRaster().setRect(left, 0, picture.getRaster());
      left += picture.getWidth();
    }
    return strip;
  }

  /**
   * Writes states of the same examples as a looping animation.
   *
   * @param states {@code [N, ...shape]} each
   */
  public void writeAnimation(List<float[]> states, Path file) throws IOException {
    AnimatedGif.write(
        states.stream().map(s -> shape.isImage() ? grid().draw(s) : plot(s)).toList(), file);
  }

  /** Writes one image unscaled. */
  public void writeOne(float[] image, Path file) throws IOException {
    Png.write(ImageGrid.single(shape, image), file);
  }

  private ImageGrid grid() {
    return new ImageGrid(shape, Math.max(1, READABLE / Math.max(shape.height(), shape.width())));
  }

  private BufferedImage plot(float[] points) {
    return new ScatterPlot(SMALL_PLOT).draw(real, points);
  }
}
