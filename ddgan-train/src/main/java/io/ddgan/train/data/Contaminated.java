package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Examples;
import io.ddgan.api.Hasher;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Key;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A data set with examples of another one among its own, which a robust training leaves out (Dao et
 * al., 2024, arXiv 2311.17101, section 5). Generated examples are compared with the clean ones
 * alone. The outliers are drawn without replacement and have no class, so that nothing here has.
 */
public record Contaminated(
    @Key("the data themselves, which generated examples are compared with") Dataset clean,
    @Key("the data set whose examples are mixed in") Dataset outliers,
    @Key(value = "share of them among all examples", min = 0, max = 0.5) double outlierShare,
    @Key("seed of the draws, apart from the run's seed") long seed)
    implements Dataset {

  @Override
  public Optional<DataShape> shape() {
    return clean.shape();
  }

  @Override
  public Examples open() throws IOException {
    Examples data = clean.open();
    try {
      Examples others = outliers.open();
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

  private int[] drawn(Examples data, Examples others) {
    if (!data.shape().equals(others.shape())) {
      throw ConfigurationException.of(
          "data.outliers",
          "has examples of the shape %s, but data.clean of %s; choose data of one shape"
              .formatted(others.shape(), data.shape()));
    }
    long wanted = Math.round(outlierShare / (1 - outlierShare) * data.size());
    if (wanted > others.size()) {
      throw ConfigurationException.of(
          "data.outlier-share",
          "%s takes %,d outliers, but data.outliers has only %,d examples; choose a smaller share"
              .formatted(outlierShare, wanted, others.size()));
    }
    RandomGenerator random = new RandomStreams(seed).stream("contaminated");
    return RandomStreams.sampleWithoutReplacement((int) wanted, others.size(), random);
  }

  /** The clean examples, and the outliers after them. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Mixture(Examples clean, Examples others, int[] drawn) implements Examples {

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
    public Examples cleanExamples() {
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
