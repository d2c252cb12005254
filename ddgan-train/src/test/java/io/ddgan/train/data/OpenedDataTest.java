package io.ddgan.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import io.ddgan.random.RandomStreams;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class OpenedDataTest {

  private static final DataShape POINTS = DataShape.point(2);

  private boolean isClosed;

  @Test
  void examplesThatKeepToTheirContractAreGivenOn() throws IOException {
    Examples examples = new Given(POINTS, 3, false, Optional.of(new Labels(2, i -> 1)));
    assertSame(examples, OpenedData.of(() -> examples));
  }

  @Test
  void whatCannotBeIsTheFaultOfTheMethodThatSaysSo() {
    assertFault(
        "a data set has 1 example or more, not 0", new Given(POINTS, 0, false, Optional.empty()));
    assertFault("only images can be mirrored, not 2", new Given(POINTS, 3, true, Optional.empty()));
    assertFault(
        "labels are of 1 class or more, not -1",
        new Given(POINTS, 3, false, Optional.of(new Labels(-1, i -> 0))));
  }

  @Test
  void aClassThatThereIsNotIsNotTrainedOn() throws IOException {
    Examples examples = new Given(POINTS, 1, false, Optional.of(new Labels(2, i -> 9)));
    try (Readers readers = Readers.start(1)) {
      Batches batches =
          new Batches(examples, readers, new RandomStreams(0), 1, UnaryOperator.identity());
      assertEquals(
          "example 0 has class 9, but the classes are 0 to 1",
          assertThrows(IllegalStateException.class, () -> batches.read(0)).getMessage());
    }
  }

  private void assertFault(String message, Examples examples) {
    isClosed = false;
    RuntimeException e = assertThrows(RuntimeException.class, () -> OpenedData.of(() -> examples));
    assertEquals(message, e.getMessage());
    assertTrue(isClosed);
  }

  private final class Given implements Examples {

    private final DataShape shape;
    private final int size;
    private final boolean isMirrored;
    private final Optional<Labels> labels;

    Given(DataShape shape, int size, boolean isMirrored, Optional<Labels> labels) {
      this.shape = shape;
      this.size = size;
      this.isMirrored = isMirrored;
      this.labels = labels;
    }

    @Override
    public DataShape shape() {
      return shape;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void read(int index, float[] out, int offset) {}

    @Override
    public Optional<Labels> labels() {
      return labels;
    }

    @Override
    public boolean mirrored() {
      return isMirrored;
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }
}
