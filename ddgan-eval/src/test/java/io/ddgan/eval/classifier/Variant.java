package io.ddgan.eval.classifier;

import io.ddgan.api.DataShape;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Examples with other classes, which counts how often they are read. */
record Variant(
    OpenDataset examples, Optional<Labels> labels, AtomicInteger reads, boolean isMirrorable)
    implements OpenDataset {

  Variant(OpenDataset examples, Optional<Labels> labels) {
    this(examples, labels, new AtomicInteger(), false);
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
    reads.incrementAndGet();
    examples.read(index, out, offset);
  }
}
