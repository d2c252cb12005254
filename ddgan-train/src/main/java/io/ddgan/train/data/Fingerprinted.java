package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.GaussianMixture;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import java.io.IOException;
import java.util.Optional;

/** Examples with a cached fingerprint, which is computed once. */
public final class Fingerprinted implements OpenDataset {

  private final OpenDataset examples;
  private Optional<String> fingerprint = Optional.empty();

  private Fingerprinted(OpenDataset examples) {
    this.examples = examples;
  }

  /**
   * Opens a data set.
   *
   * @throws IOException if a file is missing or damaged; the message names it
   */
  public static OpenDataset of(Dataset data) throws IOException {
    return new Fingerprinted(data.open());
  }

  @Override
  public synchronized String fingerprint() throws IOException {
    if (fingerprint.isEmpty()) {
      fingerprint = Optional.of(examples.fingerprint());
    }
    return fingerprint.get();
  }

  @Override
  public OpenDataset cleanExamples() {
    OpenDataset reference = examples.cleanExamples();
    return reference == examples ? this : reference;
  }

  @Override
  public DataShape shape() {
    return examples.shape();
  }

  @Override
  public int size() {
    return examples.size();
  }

  @Override
  public void read(int index, float[] out, int offset) throws IOException {
    examples.read(index, out, offset);
  }

  @Override
  public Optional<Labels> labels() {
    return examples.labels();
  }

  @Override
  public boolean isMirrorable() {
    return examples.isMirrorable();
  }

  @Override
  public Optional<GaussianMixture> modes() {
    return examples.modes();
  }

  @Override
  public Optional<OpenDataset> stackSource() {
    return examples.stackSource();
  }

  @Override
  public void close() throws IOException {
    examples.close();
  }
}
