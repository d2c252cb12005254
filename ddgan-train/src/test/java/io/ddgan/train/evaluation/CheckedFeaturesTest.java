package io.ddgan.train.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Features;
import org.junit.jupiter.api.Test;

class CheckedFeaturesTest {

  private boolean isClosed;

  @Test
  void featuresAreAskedOnceWhatTheyAre() {
    Features features = CheckedFeatures.of(new Given("values", 2, 0, 1));
    assertEquals(2, features.size());
    assertEquals(2, features.size());
    features.close();
    assertTrue(isClosed);
  }

  @Test
  void whatCannotBeIsTheFaultOfTheMethodThatSaysSo() {
    assertFault("size is 1 or more, not 0", new Given("none", 0, 0, 1));
    assertFault("classes is 0 or more, not -1", new Given("none", 2, -1, 1));
    assertFault("batch is 1 or more, not 0", new Given("none", 2, 0, 0));
  }

  private void assertFault(String message, Features features) {
    isClosed = false;
    RuntimeException e = assertThrows(RuntimeException.class, () -> CheckedFeatures.of(features));
    assertEquals(message, e.getMessage());
    assertTrue(isClosed);
  }

  /** Features that say another size each time. */
  private final class Given implements Features {

    private final String description;
    private int size;
    private final int classes;
    private final int batch;

    Given(String description, int size, int classes, int batch) {
      this.description = description;
      this.size = size;
      this.classes = classes;
      this.batch = batch;
    }

    @Override
    public String description() {
      return description;
    }

    @Override
    public String fingerprint() {
      return "given";
    }

    @Override
    public int size() {
      return size++;
    }

    @Override
    public int classes() {
      return classes;
    }

    @Override
    public int batch() {
      return batch;
    }

    @Override
    public void extract(float[] examples, int count, float[] features, float[] probabilities) {
      throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }
}
