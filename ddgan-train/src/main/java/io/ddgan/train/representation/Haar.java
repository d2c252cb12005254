package io.ddgan.train.representation;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Representation;
import io.ddgan.config.Key;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Haar wavelets, as in wavelet diffusion (Phung et al., 2023, section 3.1). Each level splits every
 * channel into four of half the height and width: sums and differences of neighbouring pixels.
 * Channel c becomes channels 4c to 4c + 3: low in both directions, high along the rows, high along
 * the columns, high in both.
 *
 * <p>A level is an orthonormal map times the scale. With a scale of 1/2, images in [-1, 1] stay in
 * [-1, 1], the range of a generator that ends in tanh.
 */
public record Haar(
    @Key(value = "number of levels; each halves height and width", min = 1, max = 16) int levels,
    @Key(value = "factor of each level's coefficients; 0.5 keeps [-1, 1]", min = 1e-6) double scale)
    implements Representation {

  /** The matrix from coefficients to the pixels of a block, row by row; it is symmetric. */
  private static final float[][] SIGNS = {
    {1, 1, 1, 1}, {1, -1, 1, -1}, {1, 1, -1, -1}, {1, -1, -1, 1}
  };

  @Override
  public DataShape encodedShape(DataShape data) {
    int factor = 1 << levels;
    if (!data.isImage() || data.height() % factor != 0 || data.width() % factor != 0) {
      throw new RefusedException(
          "haar with levels = %d needs images with height and width divisible by %d; got data of shape %s"
              .formatted(levels, factor, data));
    }
    return DataShape.image(
        Math.multiplyExact(data.channels(), 1 << (2 * levels)),
        data.height() / factor,
        data.width() / factor);
  }

  @Override
  public float[] encode(DataShape data, float[] example) {
    float[] coded = example;
    DataShape shape = data;
    for (int level = 0; level < levels; level++) {
      coded = analyse(shape, coded);
      shape = new Haar(1, scale).encodedShape(shape);
    }
    return coded;
  }

  @Override
  public float[] decode(DataShape data, float[] encoded) {
    float[] decoded = encoded;
    for (int level = levels - 1; level >= 0; level--) {
      decoded = synthesise(level == 0 ? data : new Haar(level, scale).encodedShape(data), decoded);
    }
    return decoded;
  }

  @Override
  public Optional<SDVariable> decode(DataShape data, SDVariable encoded, int batch) {
    SDVariable decoded = encoded;
    for (int level = levels - 1; level >= 0; level--) {
      decoded =
          synthesise(level == 0 ? data : new Haar(level, scale).encodedShape(data), decoded, batch);
    }
    return Optional.of(decoded);
  }

  /** Inverts a level within a graph, with one product per block. */
  private SDVariable synthesise(DataShape shape, SDVariable coded, int batch) {
    int height = shape.height() / 2;
    int width = shape.width() / 2;
    long maps = (long) batch * shape.channels();
    INDArray weights = Nd4j.createFromArray(SIGNS).mul(1 / (2 * scale)).castTo(coded.dataType());
    return coded
        .reshape(maps, 4, (long) height * width)
        .permute(0, 2, 1)
        .reshape(maps * height * width, 4)
        .mmul(coded.getSameDiff().constant(weights))
        .reshape(batch, shape.channels(), height, width, 2, 2)
        .permute(0, 1, 2, 4, 3, 5)
        .reshape(batch, shape.channels(), shape.height(), shape.width());
  }

  /** Applies a level: the four signed sums of each block of 2x2 pixels. */
  private float[] analyse(DataShape shape, float[] image) {
    return transform(shape, image, (float) (scale / 2), true);
  }

  /** Inverts a level by its transpose. */
  private float[] synthesise(DataShape shape, float[] coded) {
    return transform(shape, coded, (float) (1 / (2 * scale)), false);
  }

  private static float[] transform(
      DataShape shape, float[] values, float factor, boolean isAnalysis) {
    int width = shape.width();
    int quarter = shape.height() / 2 * (width / 2);
    int[] pixels = {0, 1, width, width + 1};
    int[] coefficients = {0, quarter, 2 * quarter, 3 * quarter};
    int[] from = isAnalysis ? pixels : coefficients;
    int[] to = isAnalysis ? coefficients : pixels;
    float[] results = new float[values.length];
    for (int c = 0; c < shape.channels(); c++) {
      for (int i = 0; i < quarter; i++) {
        int corner = corner(shape, c, i);
        int first = 4 * c * quarter + i;
        int in = isAnalysis ? corner : first;
        int out = isAnalysis ? first : corner;
        for (int k = 0; k < 4; k++) {
          float sum = values[in];
          for (int j = 1; j < 4; j++) {
            sum += SIGNS[k][j] * values[in + from[j]];
          }
          results[out + to[k]] = factor * sum;
        }
      }
    }
    return results;
  }

  /** Returns the offset of the block of 2x2 pixels of a coefficient. */
  private static int corner(DataShape shape, int channel, int i) {
    int half = shape.width() / 2;
    int row = 2 * (i / half);
    int column = 2 * (i % half);
    return (channel * shape.height() + row) * shape.width() + column;
  }
}
