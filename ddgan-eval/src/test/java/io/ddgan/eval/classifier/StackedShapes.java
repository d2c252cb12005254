package io.ddgan.eval.classifier;

import io.ddgan.api.DataShape;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import java.util.Optional;

/** Two shapes as the channels of one image; an image's class is 4 a + b. */
record StackedShapes(Shapes grey, int classes) implements OpenDataset {

  StackedShapes(Shapes grey) {
    this(grey, Shapes.CLASSES * Shapes.CLASSES);
  }

  @Override
  public DataShape shape() {
    return DataShape.image(2, Shapes.SIDE, Shapes.SIDE);
  }

  @Override
  public int size() {
    return grey.size();
  }

  @Override
  public void read(int index, float[] out, int offset) {
    grey.read(index, out, offset);
    grey.read(second(index), out, offset + grey.shape().size());
  }

  /** Index of the shape in the second channel. */
  int second(int index) {
    return index * 7 % size();
  }

  @Override
  public Optional<Labels> labels() {
    Labels labels = grey.labels().orElseThrow();
    return Optional.of(
        new Labels(
            classes, index -> Shapes.CLASSES * labels.label(index) + labels.label(second(index))));
  }

  @Override
  public Optional<OpenDataset> stackSource() {
    return Optional.of(grey);
  }
}
