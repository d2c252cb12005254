package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/** An image of which a part is kept and a part is to be made. */
public final class MaskedImage {

  private final DataShape shape;
  private final float[] values;
  private final BitSet made;
  private final List<String> changes;

  private MaskedImage(DataShape shape, float[] values, BitSet made, List<String> changes) {
    this.shape = shape;
    this.values = values.clone();
    this.made = (BitSet) made.clone();
    this.changes = List.copyOf(changes);
  }

  /**
   * An image with its mask.
   *
   * @param values the image in [-1, 1], {@code [C, H, W]}
   * @param made the pixels that are to be made, row by row
   */
  public static MaskedImage of(DataShape shape, float[] values, BitSet made) {
    return new MaskedImage(shape, values, made, List.of());
  }

  /**
   * Reads an image and a mask of the same size. Both are cropped to a square and resized if they
   * have another size than examples. White pixels of the mask are to be made; of a mask with
   * transparent pixels, the opaque ones. What lies between counts by half.
   *
   * @param shape shape of an example, a square image of 1 or 3 channels
   * @throws IOException if a file is not a picture, or damaged; the message names it
   * @throws RefusedException if the sizes differ, or nothing is kept or made; the message says so
   */
  public static MaskedImage read(Path file, Path mask, DataShape shape) throws IOException {
    Picture picture = Picture.read(file);
    Picture covering = Picture.coverage(mask);
    if (!picture.size().equals(covering.size())) {
      throw new RefusedException(
          "the mask %s is %s, but the picture %s is %s; a mask has the size of its picture"
              .formatted(mask, covering.size(), file, picture.size()));
    }
    float[] values = new float[shape.size()];
    picture.fit(shape, values, 0);
    BitSet made = made(covering.square(shape.height()), shape);
    int pixels = shape.height() * shape.width();
    if (made.isEmpty()) {
      throw new RefusedException(
          "nothing is to be made: the mask %s has no white (or opaque) pixels, which are those that are made"
              .formatted(mask));
    }
    if (made.cardinality() == pixels) {
      throw new RefusedException(
          "nothing of the picture is kept: the mask %s is white (or opaque) all over; make whole pictures without --from-image and --mask"
              .formatted(mask));
    }
    List<String> changes =
        Stream.concat(
                picture.change(file.toString(), shape).stream(),
                covering.change(mask.toString(), shape).stream())
            .toList();
    return new MaskedImage(shape, values, made, changes);
  }

  private static BitSet made(Picture covering, DataShape shape) {
    float[] levels = new float[shape.height() * shape.width()];
    covering.write(1, levels, 0);
    BitSet made = new BitSet(levels.length);
    for (int i = 0; i < levels.length; i++) {
      made.set(i, levels[i] >= 0);
    }
    return made;
  }

  /** The image in [-1, 1], {@code [C, H, W]}; a copy. */
  public float[] values() {
    return values.clone();
  }

  /** Whether nothing of the image is kept. */
  public boolean isMadeWhole() {
    return made.cardinality() == shape.height() * shape.width();
  }

  /** The mask as an image: white where something is to be made, else black. */
  public float[] mask() {
    float[] white = new float[values.length];
    Arrays.fill(white, 1);
    float[] black = new float[values.length];
    Arrays.fill(black, -1);
    return with(black, white);
  }

  /** How image and mask were changed to be of the shape of examples, in sentences. */
  public List<String> changes() {
    return changes;
  }

  /** An image that is one image where this is kept, and another where this is to be made. */
  public float[] with(float[] kept, float[] generated) {
    int pixels = shape.height() * shape.width();
    float[] both = kept.clone();
    for (int i = 0; i < both.length; i++) {
      if (made.get(i % pixels)) {
        both[i] = generated[i];
      }
    }
    return both;
  }
}
