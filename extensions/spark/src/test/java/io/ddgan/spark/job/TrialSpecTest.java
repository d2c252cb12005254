package io.ddgan.spark.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrialSpecTest {

  @Test
  void anOrderIsReadAsItWasWrittenWhateverItsWordsAre() {
    TrialSpec order =
        new TrialSpec(
            "f65004828c",
            "/home/the user",
            "/runs/\u00e4 + b\n%20",
            "/log",
            List.of("OMP_NUM_THREADS=1", "EMPTY=", "A=b c"),
            List.of("./ddgan", "train", "it's \"mine\"", "", "training.batch-size=8"));
    assertFalse(order.text().contains("\n"));
    assertEquals(order, TrialSpec.of(order.text()));
    assertEquals(List.of(), TrialSpec.words(TrialSpec.line(List.of())));
    TrialSpec bare = new TrialSpec("a", "", "", "", List.of(), List.of("ddgan"));
    assertEquals(bare, TrialSpec.of(bare.text()));
  }

  @Test
  void aFolderThatMovesTakesThePathsInItAlong() {
    assertEquals("/there/run", TrialSpec.moved("/here/run", "/here/run", "/there/run"));
    assertEquals("/there/run/a.npz", TrialSpec.moved("/here/run/a.npz", "/here/run", "/there/run"));
    assertEquals("/here/run2", TrialSpec.moved("/here/run2", "/here/run", "/there/run"));
    assertEquals("--run", TrialSpec.moved("--run", "/here/run", "/there/run"));
  }
}
