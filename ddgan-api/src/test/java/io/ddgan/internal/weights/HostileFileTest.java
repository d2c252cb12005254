package io.ddgan.internal.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and malicious files. */
class HostileFileTest {

  private static final String TENSOR = "ctorch._utils\n_rebuild_tensor_v2\n";
  private static final String FLOATS = "ctorch\nFloatStorage\n";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("content.pth");
  }

  @ParameterizedTest
  @CsvSource({
    "posix, system",
    "builtins, eval",
    "torch, load",
    "torch.storage, _load_from_bytes",
    "torch._utils, _rebuild_qtensor",
    "numpy.core.multiarray, scalar",
    "collections, defaultdict",
    "argparse, ArgumentParser"
  })
  void namesForbiddenCallsAndRunsNone(String module, String name) throws IOException {
    String message =
        "%s refers to %s.%s, which is not allowed in a checkpoint; nothing was run"
            .formatted(file, module, name);
    String text = "X\4\0\0\0echo";
    String global = "c" + module + "\n" + name + "\n";
    assertEquals(message, error("\u0080\2" + global + text + "\u0085R."));
    assertEquals(message, error("\u0080\2" + global + text + "\u0085\u0081."));
    assertEquals(message, error("\u0080\2" + global + ")R}b."));
    assertEquals(
        message,
        error(
            "\u0080\4\u008C%c%s\u008C%c%s\u0093)R."
                .formatted((char) module.length(), module, (char) name.length(), name)));
  }

  @ParameterizedTest
  @ValueSource(ints = {'i', 'o', 'p', 'P', 'I', 'F', 'S', '0', '2', 0x82, 0x92, 0x96, 0x98, 0xFF})
  void namesUnsupportedInstructions(int instruction) throws IOException {
    String expected = "%s has the unsupported pickle instruction 0x%02X";
    String message = error("\u0080\2" + (char) instruction + "....");
    assertTrue(message.startsWith(expected.formatted(file, instruction)), message);
  }

  @Test
  void reportsMalformedPickles() throws IOException {
    String pickles =
        ". a. s. }u. t. R. ]K\1R. b. Q. )Q. h\1. (. K\1(a. }(K\1u. }]K\1s. }}K\1s. }NK\1s. K\1K\1a."
            + " \u0086. (\u0085. \u0093. ccollections\nOrderedDict\n]\u0085R."
            + " ctorch\nSize\nK\1\u0085R. (K\1Q. ctorch\nFloatStorage\n)R. q\1."
            + " K\1}b. ]}b. }K\1b. "
            + (TENSOR + "}b.");
    for (String pickle : pickles.split(" ", -1)) {
      assertEquals(
          file + " is damaged: its pickle is malformed", error("\u0080\2" + pickle), pickle);
    }
    assertEquals(
        file + " is damaged: it has an integer of 255 bytes",
        error("\u0080\2\u008A\u00FF" + "a".repeat(255) + "."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X\u00FF\u00FF\u00FF\u00FFa",
        "X\u00FF\u00FF\u00FF\u007Fa",
        "J\0",
        "\u008A\u0008aa",
        "\u008D\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u007F",
        "cposix",
        "\u008C\u00FFa",
        ""
      })
  void reportsTruncatedPickles(String pickle) throws IOException {
    assertEquals(file + " is damaged: its pickle is truncated", error("\u0080\2" + pickle));
  }

  @Test
  void readsCyclicData() throws IOException {
    pickle("\u0080\2]q\0h\0a.", new byte[0]);
    assertTrue(PytorchFile.read(file) instanceof List<?>);
    pickle("\u0080\2" + "]".repeat(100_000) + "a".repeat(99_999) + ".", new byte[0]);
    assertTrue(PytorchFile.read(file) instanceof List<?>);
    pickle("\u0080\2}q\0X\1\0\0\0ah\0s.", new byte[0]);
    assertThrows(IOException.class, () -> PytorchFile.readTensors(file));
  }

  @Test
  void requiresTensorsWithinTheirStorage() throws IOException {
    String minusOne = "J\u00FF\u00FF\u00FF\u00FF";
    String most = "J\u00FF\u00FF\u00FF\u007F";
    assertFits(true, "K\0", "K\2K\3\u0086", "K\3K\1\u0086");
    assertFits(false, "K\1", "K\2K\3\u0086", "K\3K\1\u0086");
    assertFits(false, "K\0", "K\2K\3\u0086", "K\4K\1\u0086");
    assertFits(false, "K\0", "K\7\u0085", "K\1\u0085");
    assertFits(false, "K\6", "K\1\u0085", "K\1\u0085");
    assertFits(true, "K\6", "K\0\u0085", "K\1\u0085");
    assertFits(false, "K\7", "K\0\u0085", "K\1\u0085");
    assertFits(false, minusOne, "K\1\u0085", "K\1\u0085");
    assertFits(false, "K\5", "K\2\u0085", minusOne + "\u0085");
    assertFits(false, "K\0", minusOne + "\u0085", "K\1\u0085");
    assertFits(false, "K\0", "K\2\u0085", ")");
    assertFits(false, "K\0", most + "q\7h\7h\7\u0087", "K\0q\7h\7h\7\u0087");
    assertFits(false, "K\0", "K\2K\2\u0086", most + "q\7h\7\u0086");
    assertFits(false, "\u008A\b" + "\u00FF".repeat(7) + "\u007F", "K\2\u0085", "K\1\u0085");
    String manyOnes = "(" + "K\1".repeat(65) + "t";
    assertFits(false, "K\0", manyOnes, manyOnes);
  }

  @Test
  void refusesNegatedTensors() throws IOException {
    String plain = tensor("K\0", "K\6\u0085", "K\1\u0085");
    String negated = plain.replace("tR.", "}X\3\0\0\0neg\u0088stR.");
    pickle(negated.replace("\u0088", "\u0089"), new byte[24]);
    assertTrue(PytorchFile.read(file) instanceof Tensor);
    pickle(negated, new byte[24]);
    assertEquals(
        file + " has a negated or conjugated tensor; save it after resolve_neg()", message());
  }

  private void assertFits(boolean fits, String offset, String shape, String strides)
      throws IOException {
    pickle(tensor(offset, shape, strides), new byte[24]);
    if (fits) {
      assertTrue(PytorchFile.read(file) instanceof Tensor);
    } else {
      assertTrue(message().startsWith(file + " is damaged: "), message());
    }
  }

  /** Reads a tensor in a storage of 6 elements. */
  private static String tensor(String offset, String shape, String strides) {
    return "\u0080\2" + TENSOR + "(" + storage("0") + offset + shape + strides + "\u0089}tR.";
  }

  private static String storage(String key) {
    return "(X\7\0\0\0storage%sX%c\0\0\0%sX\3\0\0\0cpuK\6tQ"
        .formatted(FLOATS, (char) key.length(), key);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 23, 25, 28})
  void namesMissingStoragesAndWrongSizes(int bytes) throws IOException {
    pickle(tensor("K\0", "K\6\u0085", "K\1\u0085"), new byte[bytes]);
    assertEquals(
        "%s is damaged: storage 0 must have 6 elements of 4 bytes; it has %d bytes"
            .formatted(file, bytes),
        message());
    String tensor = tensor("K\0", "K\6\u0085", "K\1\u0085").replace(storage("0"), storage("../12"));
    assertEquals(file + " is damaged: its entry a/data/../12 is missing", error(tensor));
  }

  @Test
  void namesOtherFormats() throws IOException {
    for (String text : List.of("hello", "")) {
      Files.writeString(file, text);
      assertTrue(message().startsWith(file + " is not a ZIP archive"));
    }
    Files.delete(file);
    assertEquals("cannot read %s: it does not exist".formatted(file), message());
    zip(Map.of("a/x", new byte[1]));
    assertEquals(file + " is not a file of torch.save: it needs exactly one data.pkl", message());
    zip(Map.of("a/data.pkl", new byte[1], "a/constants.pkl", new byte[1]));
    assertTrue(message().contains(" is a TorchScript program; save the state dict"), message());
    zip(Map.of("a/data.pkl", new byte[1], "a/byteorder", "big".getBytes(StandardCharsets.UTF_8)));
    assertTrue(message().contains("little-endian"), message());
  }

  private String error(String pickle) throws IOException {
    pickle(pickle, new byte[24]);
    return message();
  }

  private String message() {
    return assertThrows(IOException.class, () -> PytorchFile.read(file)).getMessage();
  }

  private void pickle(String pickle, byte[] storage) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1));
    entries.put("a/data/0", storage);
    zip(entries);
  }

  private void zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    Files.write(file, bytes.toByteArray());
  }
}
