package io.ddgan.train.data;

import io.ddgan.api.Dataset;
import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import java.io.IOException;
import java.util.Optional;

/** Opens data sets, which may be anybody's, and looks whether they are what their contract says. */
public final class OpenedData {

  private OpenedData() {}

  /**
   * Opens a data set.
   *
   * @throws IOException if a file is missing or damaged; the message names it
   * @throws IllegalStateException if the examples contradict their contract; the stack trace begins
   *     in the method that does
   */
  public static Examples of(Dataset data) throws IOException {
    Examples examples = data.open();
    try {
      check(examples);
      return examples;
    } catch (RuntimeException e) {
      examples.close();
      throw e;
    }
  }

  private static void check(Examples examples) {
    boolean isImage = examples.shape().isImage();
    if (examples.size() < 1) {
      throw new IllegalStateException("a data set has 1 example or more, not " + examples.size());
    }
    if (examples.mirrored() && !isImage) {
      throw new IllegalStateException("only images can be mirrored, not " + examples.shape());
    }
    Optional<Labels> labels = examples.labels();
    if (labels.isPresent() && labels.get().classes() < 1) {
      throw new IllegalStateException("labels are of 1 class or more, not " + labels.get().classes());
    }
  }
}
