package io.ddgan.train.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.OpenDataset;
import java.awt.Color;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;

class LmdbTest {

  private static final Color COLOUR = new Color(255, 51, 0);

  @TempDir Path folder;

  @Test
  void readsEncodedPicturesInOrderOfKeys() throws IOException {
    write(
        Map.of(
            "b6f1", PicturesOnDisk.plain("jpg", 30, 20, Color.WHITE),
            "00c2", PicturesOnDisk.plain("png", 20, 30, COLOUR)));
    try (OpenDataset examples = new Lmdb(folder, 8, true).open()) {
      assertEquals(2, examples.size());
      assertEquals(DataShape.image(3, 8, 8), examples.shape());
      assertTrue(examples.isMirrorable());
      assertFirstPixel(examples, 0, 1, -0.6, -1);
      assertFirstPixel(examples, 1, 1, 1, 1);
    }
  }

  @Test
  void readsSquaresOfBytes() throws IOException {
    byte[] square = new byte[8 * 8 * 3];
    for (int i = 0; i < square.length; i += 3) {
      square[i] = (byte) 255;
      square[i + 1] = 51;
    }
    write(Map.of("0", square));
    for (int size : new int[] {8, 4}) {
      try (OpenDataset examples = new Lmdb(folder, size, false).open()) {
        assertFirstPixel(examples, 0, 1, -0.6, -1);
      }
    }
  }

  @Test
  void readsADatabaseFileWithoutAFolder() throws IOException {
    write(Map.of("0", PicturesOnDisk.grey(8, 255)));
    Path file = folder.resolve("data.mdb");
    try (OpenDataset examples = new Lmdb(file, 8, false).open()) {
      assertFirstPixel(examples, 0, 1, 1, 1);
    }
  }

  @Test
  void refusesAMissingDatabase() {
    assertEquals(
        folder.resolve("data.mdb")
            + " does not exist; set data.folder to the folder of an LMDB database",
        error());
  }

  @Test
  void refusesOtherFiles() throws IOException {
    Path file = folder.resolve("data.mdb");
    Files.write(file, new byte[100_000]);
    assertTrue(error().startsWith(file + " is not an intact LMDB database ("), error());
    Files.write(file, "text".getBytes(US_ASCII));
    assertTrue(error().startsWith(file + " is not an intact LMDB database ("), error());
    Files.write(file, new byte[0]);
    assertTrue(error().startsWith(file + " is not an intact LMDB database ("), error());
  }

  @Test
  void refusesATruncatedDatabaseWithoutCrashing() throws IOException {
    Map<String, byte[]> many = new TreeMap<>();
    for (int i = 0; i < 50; i++) {
      many.put("%05d".formatted(i), PicturesOnDisk.grey(64, i));
    }
    write(many);
    Path file = folder.resolve("data.mdb");
    try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(cut.length() / 2);
    }
    assertEquals(file + " is truncated; fetch it again", error());
  }

  @Test
  void refusesAnEmptyDatabase() {
    write(Map.of());
    assertEquals(folder.resolve("data.mdb") + " is an LMDB database without pictures", error());
  }

  @Test
  void namesADamagedPictureByItsKey() throws IOException {
    byte[] whole = PicturesOnDisk.plain("png", 64, 64, COLOUR);
    write(Map.of("0", whole, "1", Arrays.copyOf(whole, whole.length / 2)));
    try (OpenDataset examples = new Lmdb(folder, 8, false).open()) {
      IOException e = assertThrows(IOException.class, () -> examples.read(1, new float[192], 0));
      assertTrue(
          e.getMessage()
              .startsWith("the entry 1 of " + folder.resolve("data.mdb") + " cannot be decoded"),
          e.getMessage());
    }
  }

  private void assertFirstPixel(OpenDataset examples, int index, double... expected)
      throws IOException {
    float[] image = new float[examples.shape().size()];
    examples.read(index, image, 0);
    int pixels = image.length / 3;
    for (int c = 0; c < 3; c++) {
      assertEquals(expected[c], image[c * pixels], 0.03, "channel " + c);
    }
  }

  private void write(Map<String, byte[]> entries) {
    try (Env<byte[]> env =
        Env.create(ByteArrayProxy.PROXY_BA)
            .setMapSize(10_000_000)
            .open(folder.toFile(), EnvFlags.MDB_NOLOCK)) {
      Dbi<byte[]> main = env.openDbi((byte[]) null);
      entries.forEach((key, value) -> main.put(key.getBytes(US_ASCII), value));
    }
  }

  private String error() {
    return assertThrows(IOException.class, () -> new Lmdb(folder, 8, false).open()).getMessage();
  }
}
