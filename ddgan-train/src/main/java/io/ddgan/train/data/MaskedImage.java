package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/** An image with a mask of the pixels to generate; the others are kept. */
public final class MaskedImage {

  private final DataShape shape;
  private final float[] values;
  private final BitSet selected;
  private final List<String> changes;

  private MaskedImage(DataShape shape, float[] values, BitSet selected, List<String> changes) {
    this.shape = shape;
    this.values = values.clone();
    this.selected = (BitSet) selected.clone();
    this.changes = List.copyOf(changes);
  }

  /**
   * Creates a masked image.
   *
   * @param values the image in [-1, 1], {@code [C, H, W]}
   * @param selected the pixels to generate, row by row
   */
  public static MaskedImage of(DataShape shape, float[] values, BitSet selected) {
    return new MaskedImage(shape, values, selected, List.of());
  }

  /**
   * Reads an image and a mask of the same size. Both are cropped to a square and resized to the
   * size of the examples. The white pixels of the mask are generated, or its opaque ones if it has
   * transparent pixels. Levels between are rounded at 1/2.
   *
   * @param shape shape of an example, a square image of 1 or 3 channels
   * @throws IOException if a file is not a picture, or damaged; the message names it
   * @throws RefusedException if the sizes differ, or no pixel is kept or generated
   */
  public static MaskedImage read(Path file, Path mask, DataShape shape) throws IOException {
    Picture picture = Picture.read(file);
    Picture covering = Picture.coverage(mask);
    if (!picture.size().equals(covering.size())) {
      throw new RefusedException(
          "mask %s is %s, but picture %s is %s; both must have the same size"
              .formatted(mask, covering.size(), file, picture.size()));
    }
    float[] values = new float[shape.size()];
    picture.fit(shape, values, 0);
    BitSet selected = selected(covering.square(shape.height()), shape);
    int pixels = shape.height() * shape.width();
    if (selected.isEmpty()) {
      throw new RefusedException(
          "mask %s has no white (or opaque) pixels to generate".formatted(mask));
    }
    if (selected.cardinality() == pixels) {
      throw new RefusedException(
          "mask %s is all white (or opaque), so no pixel is kept; sample without --from-image and --mask instead"
              .formatted(mask));
    }
    List<String> changes =
        Stream.concat(
                picture.change(file.toString(), shape).stream(),
                covering.change(mask.toString(), shape).stream())
            .toList();
    return new MaskedImage(shape, values, selected, changes);
  }

  private static BitSet selected(Picture covering, DataShape shape) {
    float[] levels = new float[shape.height() * shape.width()];
    covering.write(1, levels, 0);
    BitSet selected = new BitSet(levels.length);
    for (int i = 0; i < levels.length; i++) {
      selected.set(i, levels[i] >= 0);
    }
    return selected;
  }

  /** Returns a copy of the image in [-1, 1], {@code [C, H, W]}. */
  public float[] values() {
    return values.clone();
  }

  /** Returns whether all pixels are generated. */
  public boolean isAllGenerated() {
    return selected.cardinality() == shape.height() * shape.width();
  }

  /** Returns the mask as an image: white for pixels to generate, else black. */
  public float[] mask() {
    float[] white = new float[values.length];
    Arrays.fill(white, 1);
    float[] black = new float[values.length];
    Arrays.fill(black, -1);
    return with(black, white);
  }

  /** Returns sentences about how image and mask were fitted to the shape of the examples. */
  public List<String> changes() {
    return changes;
  }

  /** Combines the kept pixels of one image with the generated pixels of another. */
  public float[] with(float[] kept, float[] generated) {
    int pixels = shape.height() * shape.width();
    float[] both = kept.clone();
    for (int i = 0; i < both.length; i++) {
      if (selected.get(i % pixels)) {
        both[i] = generated[i];
      }
    }
    return both;
  }
}
