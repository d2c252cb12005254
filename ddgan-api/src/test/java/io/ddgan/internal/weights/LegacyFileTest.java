package io.ddgan.internal.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.contract.DamagedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fixtures were written by PyTorch 2.6 with {@code _use_new_zipfile_serialization=False}, which
 * makes it write as before PyTorch 1.6.
 */
class LegacyFileTest {

  private static final String MAGIC = "\u0080\2\u008A\nl\u00FC\u009CF\u00F9 j\u00A8P\u0019.";
  private static final String VERSION = "\u0080\2M\u00E9\3.";
  private static final String MACHINE = "\u0080\2}X\r\0\0\0little_endian\u0088s.";
  private static final String KEYS = "\u0080\2]X\1\0\0\0" + "0a.";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("content.pth");
  }

  @Test
  void readsTheSameStateDictAsFromTheNewFormat() throws IOException {
    Map<String, Tensor> expected = PytorchFile.readTensors(fixture("state-dict"));
    Map<String, Tensor> tensors = PytorchFile.readTensors(fixture("state-dict-legacy"));
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(tensors.keySet()));
    expected.forEach(
        (name, tensor) -> assertTensor(tensor.shape(), tensors.get(name), tensor.toArray()));
  }

  @Test
  void readsAllThatTheNewFormatHolds() throws IOException {
    Map<?, ?> kinds = (Map<?, ?>) PytorchFile.read(fixture("kinds-legacy"));
    assertTensor(
        List.of(6L),
        kinds.get("half"),
        1.5f,
        -0f,
        Float.POSITIVE_INFINITY,
        0x1p-24f,
        65504,
        Float.NaN);
    assertTensor(List.of(2L), kinds.get("bfloat16"), 1.5f, -2);
    assertTensor(List.of(1L), kinds.get("double"), 0.1f);
    assertTensor(List.of(2L), kinds.get("long"), -3, 0x1p40f);
    assertTensor(List.of(1L), kinds.get("byte"), 250);
    assertTensor(List.of(2L), kinds.get("bool"), 1, 0);
    assertTensor(List.of(0L, 3L), kinds.get("empty"));
    assertTensor(List.of(2L), kinds.get("parameter"), 9, 10);
    assertTensor(List.of(3L, 4L), kinds.get("matrix"), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertTensor(List.of(4L, 3L), kinds.get("transposed"), 0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
    assertTensor(List.of(3L), kinds.get("column"), 1, 5, 9);
    assertTensor(List.of(4L), kinds.get("row"), 8, 9, 10, 11);
    assertTensor(List.of(2L, 3L), kinds.get("expanded"), 7, 7, 7, 8, 8, 8);
    assertEquals(Map.of("lr", 0.5, "name", "x"), kinds.get("options"));
    assertEquals(List.of(1L, Optional.empty(), true, "text"), kinds.get("list"));
    assertEquals(List.of(4L, 5L), kinds.get("size"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state-dict-legacy", "kinds-legacy"})
  void whereverItIsCutOffAFileIsNotRead(String name) throws IOException {
    byte[] whole = Files.readAllBytes(fixture(name));
    for (int length = 0; length < whole.length; length++) {
      DamagedFiles.replace(file, Arrays.copyOf(whole, length));
      String message = message();
      assertTrue(message.startsWith(file + " is "), message);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertTrue(message().contains(" is damaged: it is cut off, or its storage "), message());
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertEquals(file + " is damaged: its storages are not those that its tensors need", message());
  }

  @ParameterizedTest
  @ValueSource(strings = {"state-dict-legacy", "kinds-legacy"})
  void aChangedByteIsFoundOrHarmless(String name) throws IOException {
    byte[] whole = Files.readAllBytes(fixture(name));
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 << i % 8);
      DamagedFiles.replace(file, changed);
      try {
        PytorchFile.read(file);
      } catch (IOException e) {
        assertTrue(e.getMessage().startsWith(file + " "), e.getMessage());
      }
    }
  }

  @Test
  void readsATensorInItsStorage() throws IOException {
    write(MAGIC + VERSION + MACHINE + tensor("0", "K\2N", "K\2") + KEYS, 2, 2);
    assertTensor(List.of(2L), PytorchFile.read(file), 1, 2);
  }

  @Test
  void aCallOfAnythingElseIsNamedAndNotRun() throws IOException {
    write(MAGIC + VERSION + MACHINE + "\u0080\2cposix\nsystem\nX\4\0\0\0echo\u0085R." + KEYS, 2, 2);
    assertEquals(
        file + " asks to run posix.system, which no checkpoint needs; nothing was run", message());
    write(MAGIC + "\u0080\2cposix\nsystem\nX\4\0\0\0echo\u0085R.", 2, 2);
    assertTrue(message().contains(" asks to run posix.system"), message());
  }

  @Test
  void theHeadIsThatOfTorchSave() throws IOException {
    write(MAGIC.replace('P', 'Q') + VERSION + MACHINE, 0, 0);
    assertEquals(file + " is damaged: it is cut off or overwritten", message());
    write(MAGIC + "\u0080\2M\u00E9\4." + MACHINE, 0, 0);
    assertEquals(
        file + " has another version of the format before PyTorch 1.6 than 1001", message());
    write(MAGIC + VERSION + MACHINE.replace('\u0088', '\u0089'), 0, 0);
    assertTrue(message().contains(" not little-endian"), message());
    write(MAGIC + VERSION + "\u0080\2N.", 0, 0);
    assertTrue(message().contains(" not little-endian"), message());
    write(MAGIC + tensor("0", "K\2N", "K\2"), 0, 0);
    assertEquals(file + " is damaged: it has a tensor where none can be", message());
  }

  @Test
  void storagesMustFillTheFile() throws IOException {
    String head = MAGIC + VERSION + MACHINE;
    write(head + tensor("0", "K\2N", "K\2") + KEYS, 3, 2);
    assertEquals(file + " is damaged: storage 0 should have 2 elements, not 3", message());
    for (String elements :
        List.of("K\3", "J\u00FF\u00FF\u00FF\u00FF", "J\u00FF\u00FF\u00FF\u007F")) {
      write(head + tensor("0", elements + "N", "K\0") + KEYS, 2, 2);
      assertTrue(
          message().contains(" is damaged: it is cut off, or its storage 0 cannot"), message());
    }
    write(head + tensor("0", "\u008A\b" + "\u00FF".repeat(7) + "\u007FN", "K\0") + KEYS, 2, 2);
    assertTrue(message().contains("its storage 0 cannot have 9223372036854775807"), message());
    write(head + tensor("0", "K\1N", "K\1") + KEYS, 1, 2);
    assertTrue(message().contains(" not those that its tensors need"), message());
    write(head + tensor("1", "K\2N", "K\2") + KEYS, 2, 2);
    assertTrue(message().contains(" that no tensor needs"), message());
    write(head + tensor("0", "K\2N", "K\2") + "\u0080\2].", 2, 2);
    assertTrue(message().contains(" not those that its tensors need"), message());
    write(head + tensor("0", "K\2N", "K\2") + "\u0080\2]X\1\0\0\0" + "0q\1ah\1a.", 2, 2);
    assertTrue(message().contains(", or one twice"), message());
    write(head + tensor("0", "K\2N", "K\2") + "\u0080\2]q\1h\1a.", 2, 2);
    assertTrue(message().contains(" that no tensor needs"), message());
    write(head + tensor("0", "K\2N", "K\2") + "\u0080\2N.", 2, 2);
    assertEquals(file + " is damaged: it has no list of storages", message());
  }

  @Test
  void twoTensorsAgreeOnTheirStorage() throws IOException {
    String one = tensor("0", "K\2N", "K\2");
    String other = tensor("0", "K\1N", "K\1");
    String both = one.substring(0, one.length() - 1) + other.substring(2, other.length() - 1);
    write(MAGIC + VERSION + MACHINE + both + "\u0086." + KEYS, 2, 2);
    assertEquals(file + " is damaged: it contradicts itself about storage 0", message());
  }

  @Test
  void aPartOfAStorageIsNotTakenForAllOfIt() throws IOException {
    String view = "K\2X\1\0\0\0" + "1K\0K\1\u0087";
    write(MAGIC + VERSION + MACHINE + tensor("0", view, "K\1") + KEYS, 2, 2);
    assertEquals(
        file + " has a storage that is a part of another; save its tensors after clone()",
        message());
  }

  @Test
  void aViewThatRepeatsALittleDataWithoutEndIsNotUnfolded() throws IOException {
    String endless = tensor("0", "K\2N", "J\0\0\0@").replace("K\1\u0085\u0089", "K\0\u0085\u0089");
    write(MAGIC + VERSION + MACHINE + endless + KEYS, 2, 2);
    assertTrue(message().contains(" its arrays would take more than 16 times"), message());
  }

  /** A tensor with one dimension. */
  private static String tensor(String key, String elementsAndView, String size) {
    return "\u0080\2ctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\nFloatStorage\n"
        + "X\1\0\0\0"
        + key
        + "X\3\0\0\0cpu"
        + elementsAndView
        + "tQK\0"
        + size
        + "\u0085K\1\u0085\u0089}tR.";
  }

  /**
   * Writes pickles and a storage of the numbers 1, 2, ...
   *
   * @param said how many it says there are
   * @param written how many there are
   */
  private void write(String pickles, long said, int written) throws IOException {
    byte[] head = pickles.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer bytes =
        ByteBuffer.allocate(head.length + Long.BYTES + written * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(head)
            .putLong(said);
    for (int i = 1; i <= written; i++) {
      bytes.putFloat(i);
    }
    Files.write(file, bytes.array());
  }

  private String message() {
    return assertThrows(IOException.class, () -> PytorchFile.read(file)).getMessage();
  }

  private Path fixture(String name) throws IOException {
    Path copy = folder.resolve(name + ".pth");
    try (InputStream in = getClass().getResourceAsStream("/pytorch/" + name + ".pth")) {
      Files.write(copy, in.readAllBytes());
    }
    return copy;
  }

  private static void assertTensor(List<Long> shape, Object actual, float... values) {
    assertEquals(shape, ((Tensor) actual).shape());
    assertArrayEquals(values, ((Tensor) actual).toArray());
  }
}
