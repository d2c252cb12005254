package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.GaussianMixture;
import io.ddgan.api.OpenDataset;
import io.ddgan.config.Key;
import io.ddgan.random.RandomStreams;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The mixture of 25 Gaussians in the plane, used to measure mode coverage: means on the grid {-2,
 * -1, 0, 1, 2}^2, all modes equally likely. All points are multiplied by a scale to match the range
 * the diffusion expects.
 */
public record Gaussians25(
    @Key(value = "number of points of each of the 25 modes", min = 1, max = 1_000_000)
        int pointsPerMode,
    @Key(value = "standard deviation of a mode; neighbouring means are 1 apart", min = 0)
        double std,
    @Key(value = "factor of means and standard deviation", min = 1e-6) double scale,
    @Key("seed of the points, independent of the run's seed") long seed)
    implements Dataset {

  private static final int SIDE = 5;

  @Override
  public Optional<DataShape> shape() {
    return Optional.of(DataShape.point(2));
  }

  @Override
  public OpenDataset open() {
    GaussianMixture modes = modes();
    int count = Math.multiplyExact(pointsPerMode, SIDE * SIDE);
    float[] points = new float[2 * count];
    RandomGenerator random = new RandomStreams(seed).stream("gaussians-25");
    for (int i = 0; i < points.length; i++) {
      double centre = modes.centres().get(i / 2 % (SIDE * SIDE)).get(i % 2);
      points[i] = (float) (centre + modes.std() * random.nextGaussian());
    }
    return new InMemoryExamples(DataShape.point(2), points, Optional.of(modes));
  }

  private GaussianMixture modes() {
    List<List<Double>> centres =
        IntStream.range(0, SIDE * SIDE)
            .mapToObj(mode -> List.of(coordinate(mode / SIDE), coordinate(mode % SIDE)))
            .toList();
    return new GaussianMixture(centres, scale * std);
  }

  private double coordinate(int index) {
    return scale * (index - (SIDE - 1) / 2);
  }
}
