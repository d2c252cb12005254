package io.ddgan.spark.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class OrderTest {

  @Test
  void anOrderIsReadAsItWasWrittenWhateverItsWordsAre() {
    Order order =
        new Order(
            "f65004828c",
            "/home/the user",
            "/runs/\u00e4 + b\n%20",
            "/log",
            List.of("OMP_NUM_THREADS=1", "EMPTY=", "A=b c"),
            List.of("./ddgan", "train", "it's \"mine\"", "", "training.batch-size=8"));
    assertFalse(order.text().contains("\n"));
    assertEquals(order, Order.of(order.text()));
    assertEquals(List.of(), Order.words(Order.line(List.of())));
    Order bare = new Order("a", "", "", "", List.of(), List.of("ddgan"));
    assertEquals(bare, Order.of(bare.text()));
  }

  @Test
  void aFolderThatMovesTakesThePathsInItAlong() {
    assertEquals("/there/run", Order.moved("/here/run", "/here/run", "/there/run"));
    assertEquals("/there/run/a.npz", Order.moved("/here/run/a.npz", "/here/run", "/there/run"));
    assertEquals("/here/run2", Order.moved("/here/run2", "/here/run", "/there/run"));
    assertEquals("--run", Order.moved("--run", "/here/run", "/there/run"));
  }
}
