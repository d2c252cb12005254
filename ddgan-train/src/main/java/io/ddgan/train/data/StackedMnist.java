package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Hasher;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import io.ddgan.config.Key;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Stacked MNIST (Metz et al., 2017): three independently drawn images of a grey data set as the
 * channels of one image. With ten classes it has 1,000 modes, used to measure coverage; the mode of
 * classes a, b and c is 100 a + 10 b + c.
 */
public record StackedMnist(
    @Key("the grey data set whose images are stacked") Dataset source,
    @Key(value = "number of examples", min = 1, max = 10_000_000) int count,
    @Key("seed of the draws, independent of the run's seed") long seed)
    implements Dataset {

  private static final int CHANNELS = 3;

  @Override
  public Optional<DataShape> shape() {
    return source
        .shape()
        .filter(grey -> grey.isImage() && grey.channels() == 1)
        .map(grey -> DataShape.image(CHANNELS, grey.height(), grey.width()));
  }

  @Override
  public int classes() {
    return source.classes() * source.classes() * source.classes();
  }

  @Override
  public OpenDataset open() throws IOException {
    OpenDataset grey = source.open();
    if (!grey.shape().isImage() || grey.shape().channels() != 1) {
      DataShape shape = grey.shape();
      grey.close();
      throw new IOException(
          "stacked-mnist stacks images of one channel, but data.source has examples of shape "
              + shape);
    }
    return new Stack(grey, count, new RandomStreams(seed));
  }

  private record Stack(OpenDataset grey, int size, RandomStreams random) implements OpenDataset {

    @Override
    public DataShape shape() {
      return DataShape.image(CHANNELS, grey.shape().height(), grey.shape().width());
    }

    @Override
    public void read(int index, float[] out, int offset) throws IOException {
      int[] drawn = drawn(index);
      for (int c = 0; c < CHANNELS; c++) {
        grey.read(drawn[c], out, offset + c * grey.shape().size());
      }
    }

    @Override
    public Optional<Labels> labels() {
      return grey.labels().map(this::modes);
    }

    @Override
    public Optional<OpenDataset> stackSource() {
      return Optional.of(grey);
    }

    @Override
    public String fingerprint() throws IOException {
      return new Hasher().add("stacked").add(grey.fingerprint()).add(size).add(random.seed()).hex();
    }

    private Labels modes(Labels labels) {
      int classes = labels.classes();
      return new Labels(
          classes * classes * classes,
          index -> {
            int mode = 0;
            for (int each : drawn(index)) {
              mode = mode * classes + labels.label(each);
            }
            return mode;
          });
    }

    private int[] drawn(int index) {
      Objects.checkIndex(index, size);
      RandomGenerator draws = random.stream("stacked", index);
      return draws.ints(CHANNELS, 0, grey.size()).toArray();
    }

    @Override
    public void close() throws IOException {
      grey.close();
    }
  }
}
