package io.ddgan.eval;

import io.ddgan.api.DataShape;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.Hasher;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.OpenFeatureExtractor;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The identity: an example's own values, for points and other small examples. */
public record Identity() implements FeatureExtractor {

  private static final int BATCH = 1024;

  /** Maximum number of values in a batch. */
  private static final int MOST = 1 << 24;

  @Override
  public OptionalInt check(DataShape shape, Optional<OpenDataset> real) {
    return OptionalInt.of(0);
  }

  @Override
  public OpenFeatureExtractor open(DataShape shape, Optional<OpenDataset> real, Path cache) {
    return new Same(shape.size());
  }

  private record Same(int dimension) implements OpenFeatureExtractor {

    @Override
    public String description() {
      return "the values of the examples themselves";
    }

    @Override
    public String fingerprint() {
      return new Hasher().add("values").add(dimension).hex();
    }

    @Override
    public int classes() {
      return 0;
    }

    @Override
    public int maxBatch() {
      return Math.max(1, Math.min(BATCH, MOST / dimension));
    }

    @Override
    public void extract(float[] examples, int count, float[] features, float[] probabilities) {
      System.arraycopy(examples, 0, features, 0, count * dimension);
    }

    @Override
    public void close() {
      // holds no resources
    }
  }
}
