package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Hasher;
import io.ddgan.api.OpenDataset;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Key;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A clean data set contaminated with outliers from another one, for robust training (Dao et al.,
 * 2024, arXiv 2311.17101, section 5). Generated examples are compared with the clean ones only. The
 * outliers are drawn without replacement. The mixture has no labels.
 */
public record Contaminated(
    @Key("the clean data, which generated examples are compared with") Dataset clean,
    @Key("the data set that outliers are drawn from") Dataset outliers,
    @Key(value = "share of outliers among all examples", min = 0, max = 0.5) double outlierShare,
    @Key("seed of the draws, independent of the run's seed") long seed)
    implements Dataset {

  @Override
  public Optional<DataShape> shape() {
    return clean.shape();
  }

  @Override
  public OpenDataset open() throws IOException {
    OpenDataset data = clean.open();
    try {
      OpenDataset others = outliers.open();
      try {
        return new Mixture(data, others, drawn(data, others));
      } catch (RuntimeException e) {
        others.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private int[] drawn(OpenDataset data, OpenDataset others) {
    if (!data.shape().equals(others.shape())) {
      throw ConfigurationException.of(
          "data.outliers",
          "has examples of shape %s, but data.clean has shape %s; choose data of one shape"
              .formatted(others.shape(), data.shape()));
    }
    long count = Math.round(outlierShare / (1 - outlierShare) * data.size());
    if (count > others.size()) {
      throw ConfigurationException.of(
          "data.outlier-share",
          "%s needs %,d outliers, but data.outliers has only %,d examples; choose a smaller share"
              .formatted(outlierShare, count, others.size()));
    }
    RandomGenerator random = new RandomStreams(seed).stream("contaminated");
    return RandomStreams.sampleWithoutReplacement((int) count, others.size(), random);
  }

  /** The clean examples, followed by the outliers. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Mixture(OpenDataset clean, OpenDataset others, int[] drawn)
      implements OpenDataset {

    @Override
    public DataShape shape() {
      return clean.shape();
    }

    @Override
    public int size() {
      return Math.addExact(clean.size(), drawn.length);
    }

    @Override
    public void read(int index, float[] out, int offset) throws IOException {
      if (index < clean.size()) {
        clean.read(index, out, offset);
      } else {
        others.read(drawn[Objects.checkIndex(index - clean.size(), drawn.length)], out, offset);
      }
    }

    @Override
    public boolean isMirrorable() {
      return clean.isMirrorable() && others.isMirrorable();
    }

    @Override
    public OpenDataset cleanExamples() {
      return clean;
    }

    @Override
    public String fingerprint() throws IOException {
      return new Hasher()
          .add(clean.fingerprint())
          .add(others.fingerprint())
          .add(Arrays.toString(drawn))
          .hex();
    }

    @Override
    public void close() throws IOException {
      try (others) {
        clean.close();
      }
    }
  }
}
