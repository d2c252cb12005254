package org.example.ddgan;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.Labels;
import io.ddgan.config.Key;
import io.ddgan.random.RandomStreams;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * White circles (class 0) and squares (class 1) of random sizes and positions on black. Images are drawn
 * when read, from random numbers that depend on the index alone.
 *
 * @param size width and height of an image in pixels
 * @param count number of images
 * @param seed seed of sizes and positions
 */
public record Shapes(
    @Key(value = "width and height in pixels", min = 8, max = 1024) int size,
    @Key(value = "number of images", min = 1) int count,
    @Key("seed of sizes and positions, independent of the run's") long seed)
    implements Dataset {

  @Override
  public Optional<DataShape> shape() {
    return Optional.of(DataShape.image(1, size, size));
  }

  @Override
  public OpenDataset open() {
    return new Images(this);
  }

  private record Images(Shapes data) implements OpenDataset {

    @Override
    public DataShape shape() {
      return DataShape.image(1, data.size, data.size);
    }

    @Override
    public int size() {
      return data.count;
    }

    @Override
    public Optional<Labels> labels() {
      return Optional.of(new Labels(2, index -> index % 2));
    }

    @Override
    public void read(int index, float[] out, int offset) {
      int size = data.size;
      RandomGenerator random = new RandomStreams(data.seed).stream("shapes", index);
      double radius = random.nextDouble(size / 8.0, size / 3.0);
      double x = random.nextDouble(radius, size - radius);
      double y = random.nextDouble(radius, size - radius);
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          double dx = Math.abs(column + 0.5 - x);
          double dy = Math.abs(row + 0.5 - y);
          double distance = index % 2 == 0 ? Math.hypot(dx, dy) : Math.max(dx, dy);
          // Anti-aliased: the edge is one pixel wide.
          double white = Math.max(0, Math.min(1, radius - distance + 0.5));
          out[offset + row * size + column] = (float) (2 * white - 1);
        }
      }
    }
  }
}
