package io.ddgan.internal.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

  private static final String A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("model.safetensors");
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    float[] large = new float[100_003];
    for (int i = 0; i < large.length; i++) {
      large[i] = (float) Math.sin(i);
    }
    Safetensors content =
        new Safetensors(
            Map.of(
                "all_modules.0.weight", Tensor.of(List.of(100_003L), large),
                "scalar", Tensor.of(List.of(), -0.0f),
                "empty", Tensor.of(List.of(0L, 3L)),
                "\"quotes\" and ümlauts", Tensor.of(List.of(2L, 1L), Float.MIN_VALUE, 1)),
            Map.of("step", "7", "a.b", "line\nbreak"));
    content.write(file);
    assertEquals(content, Safetensors.read(file));
  }

  @Test
  void keepsEveryBitOfViewsInAnyByteOrder() throws IOException {
    float odd = Float.intBitsToFloat(0x7FC12345);
    ByteBuffer direct = ByteBuffer.allocateDirect(16).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer flat = direct.asFloatBuffer().put(new float[] {0, 1, odd, 3}).flip();
    new Safetensors(Map.of("view", new Tensor(List.of(2L), flat.slice(1, 2)))).write(file);
    float[] read = Safetensors.read(file).tensors().get("view").toArray();
    assertEquals(1, read[0]);
    assertEquals(0x7FC12345, Float.floatToRawIntBits(read[1]));
    assertThrows(IllegalArgumentException.class, () -> new Tensor(List.of(2L), flat));
  }

  @Test
  void writesTheFormatOfTheSpecification() throws IOException {
    new Safetensors(Map.of("a", Tensor.of(List.of(2L), 1, 2)), Map.of("k", "v")).write(file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) bytes.getLong()];
    bytes.get(header);
    assertEquals(0, bytes.position() % 8);
    assertEquals(
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"a\":{\"data_offsets\":[0,8],\"dtype\":\"F32\",\"shape\":[2]}}",
        new String(header, StandardCharsets.UTF_8).strip());
    assertEquals(1, bytes.getFloat());
    assertEquals(2, bytes.getFloat());
    assertEquals(0, bytes.remaining());
  }

  @Test
  void equalContentGivesEqualBytesInAnyOrder() throws IOException {
    Map<String, Tensor> forwards = new LinkedHashMap<>();
    Map<String, Tensor> backwards = new LinkedHashMap<>();
    for (int i = 0; i < 30; i++) {
      forwards.put("t" + i, Tensor.of(List.of(1L), i));
      backwards.put("t" + (29 - i), Tensor.of(List.of(1L), 29 - i));
    }
    assertArrayEquals(bytes(new Safetensors(forwards)), bytes(new Safetensors(backwards)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not json|is not a JSON object",
        "[1]|is not a JSON object",
        "{\"a\":|is not a JSON object",
        "{\"a\":1}|lacks its dtype",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}|lacks its dtype",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}|lacks its dtype",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}}|has the type F16",
        "{\"a\":{\"dtype\":\"X\",\"shape\":[4],\"data_offsets\":[0,8]}}|has the type X",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}|does not match its data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}|does not match its data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}|non-negative integer",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}|non-negative integer",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}}|non-negative integer",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|take 4 bytes, but 8 follow",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|take 4 bytes, but 8 follow",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}|does not match its data_offsets",
        "{" + A + ",\"__metadata__\":[]}|metadata is not a JSON object",
      })
  void refusesAnInvalidHeader(String header, String reason) throws IOException {
    write(header);
    assertTrue(error().startsWith(file + " is not a valid safetensors file: "), error());
    assertTrue(error().contains(reason), error());
  }

  @Test
  void refusesAHeaderOfBrackets() throws IOException {
    write("{\"a\":" + "[".repeat(1_000_000));
    assertTrue(error().contains("is not a JSON object"), error());
  }

  private void write(String header) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(json.length).put(json).array());
  }

  private String error() {
    return assertThrows(IOException.class, () -> Safetensors.read(file)).getMessage();
  }

  private static byte[] bytes(Safetensors content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.writeTo(out);
    return out.toByteArray();
  }
}
