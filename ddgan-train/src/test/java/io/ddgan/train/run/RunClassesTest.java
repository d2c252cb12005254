package io.ddgan.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunClassesTest {

  private static final RunClasses GARMENTS =
      new RunClasses(3, List.of("T-shirt/top", "Ankle boot", "Bag"));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "T-shirt/top, 0",
    "t-shirt-top, 0",
    "'t shirt top', 0",
    "ankle-boot, 1",
    "BAG, 2",
    "2, 2"
  })
  void findsAClassByNameOrNumber(String asked, int number) {
    assertEquals(number, GARMENTS.number(asked));
  }

  @Test
  void prefersNamesToNumbers() {
    RunClasses folders = new RunClasses(3, List.of("1", "10", "2"));
    assertEquals(0, folders.number("1"));
    assertEquals(2, folders.number("2"));
    assertEquals(1, folders.number("10"));
    assertEquals(0, folders.number("0"));
  }

  @Test
  void distinguishesNamesThatDifferOnlyInCase() {
    RunClasses cases = new RunClasses(2, List.of("a b", "A-B"));
    assertEquals(0, cases.number("a b"));
    assertEquals(1, cases.number("A-B"));
    assertThrows(RefusedException.class, () -> cases.number("a-b"));
  }

  @Test
  void listsTheClassesIfOneIsUnknown() {
    assertEquals(
        "there is no class 'boot'; choose from 0 (T-shirt/top), 1 (Ankle boot), 2 (Bag)",
        refusal(GARMENTS, "boot"));
    assertEquals(
        "there is no class '1000'; choose from 0 to 999",
        refusal(new RunClasses(1000, List.of()), "1000"));
    String many = refusal(new RunClasses(25, Collections.nCopies(25, "x")), "-1");
    assertEquals(", 19 (x), and 5 more", many.substring(many.indexOf(", 19")));
  }

  @Test
  void readsNamesFromTheProvenance() throws IOException {
    RunFolder run = new RunFolder(folder);
    assertEquals(new RunClasses(2, List.of()), RunClasses.of(run, 2));
    Provenance.of("", 0).withClasses(List.of("a", "b")).write(run.provenance());
    assertEquals(new RunClasses(2, List.of("a", "b")), RunClasses.of(run, 2));
    assertEquals(new RunClasses(3, List.of()), RunClasses.of(run, 3));
  }

  @Test
  void foldersSortInTheOrderOfClasses() {
    assertEquals("1-ankle-boot", GARMENTS.folder(1));
    assertEquals("007", new RunClasses(1000, List.of()).folder(7));
    assertEquals("0", new RunClasses(1, List.of("..")).folder(0));
  }

  private static String refusal(RunClasses classes, String asked) {
    return assertThrows(RefusedException.class, () -> classes.number(asked)).getMessage();
  }
}
