package org.example.ddgan;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Representation;
import io.ddgan.config.Key;

/**
 * The cosine transform of blocks of pixels (Ahmed et al., 1974), as in JPEG. Each coefficient of a
 * block becomes a channel: an image of C channels becomes C * block^2 channels, with height and width
 * divided by block. Channel {@code (c * block + u) * block + v} holds the frequency u along the
 * columns and v along the rows of channel c.
 *
 * <p>The transform is orthonormal except for the factor 1 / block, which keeps images in [-1, 1], as
 * required by a generator that ends in tanh.
 *
 * @param block width and height of a block in pixels
 */
public record BlockCosine(
    @Key(value = "width and height of a block in pixels", min = 1, max = 64) int block)
    implements Representation {

  @Override
  public DataShape encodedShape(DataShape data) {
    if (!data.isImage() || data.height() % block != 0 || data.width() % block != 0) {
      throw new RefusedException(
          "block-cosine with block = %d needs images with height and width divisible by %d; got shape %s"
              .formatted(block, block, data));
    }
    return DataShape.image(
        Math.multiplyExact(data.channels(), block * block),
        data.height() / block,
        data.width() / block);
  }

  @Override
  public float[] encode(DataShape data, float[] example) {
    return transform(data, example, true);
  }

  @Override
  public float[] decode(DataShape data, float[] encoded) {
    return transform(data, encoded, false);
  }

  /** Computes the transform or its inverse; the inverse of an orthonormal map is its transpose. */
  private float[] transform(DataShape data, float[] values, boolean isEncoding) {
    double[][] waves = waves();
    int rows = data.height() / block;
    int columns = data.width() / block;
    int frequencies = block * block;
    float[] out = new float[values.length];
    for (int i = 0; i < data.channels() * rows * columns; i++) {
      int channel = i / (rows * columns);
      int row = i / columns % rows;
      int column = i % columns;
      int corner = (channel * data.height() + row * block) * data.width() + column * block;
      int first = (channel * frequencies * rows + row) * columns + column;
      for (int f = 0; f < frequencies; f++) {
        int coefficient = first + f * rows * columns;
        for (int p = 0; p < frequencies; p++) {
          int pixel = corner + p / block * data.width() + p % block;
          double wave = waves[f / block][p / block] * waves[f % block][p % block];
          if (isEncoding) {
            out[coefficient] += (float) (wave / block * values[pixel]);
          } else {
            out[pixel] += (float) (wave * block * values[coefficient]);
          }
        }
      }
    }
    return out;
  }

  /** Returns the orthonormal cosine basis of a block side: frequency by position. */
  private double[][] waves() {
    double[][] waves = new double[block][block];
    for (int u = 0; u < block; u++) {
      for (int i = 0; i < block; i++) {
        double length = Math.sqrt((u == 0 ? 1.0 : 2.0) / block);
        waves[u][i] = length * Math.cos(Math.PI * (2 * i + 1) * u / (2 * block));
      }
    }
    return waves;
  }
}
