package io.ddgan.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {

  @Test
  void namesClassesByNameOrNumber() {
    Labels labels = Labels.named(List.of("cat", "dog"), index -> index % 2);
    assertEquals(2, labels.classes());
    assertEquals("dog", labels.name(labels.label(5)));
    assertEquals("1", new Labels(2, index -> index).name(1));
  }
}
