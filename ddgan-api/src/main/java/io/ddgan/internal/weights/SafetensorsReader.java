package io.ddgan.internal.weights;

import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Json;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a safetensors file and believes nothing that it says. */
final class SafetensorsReader {

  private static final long LARGEST_HEADER = 100_000_000; // as in the format's own reader
  private static final int BUFFER = 1 << 16;

  private SafetensorsReader() {}

  /** Where a tensor lies; {@code begin} and {@code end} count bytes from the end of the header. */
  private record TensorPlace(String name, List<Long> shape, long begin, long end) {}

  static Safetensors read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return read(channel);
    } catch (MalformedException e) {
      throw new IOException(file + " is not an intact safetensors file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  private static Safetensors read(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw new MalformedException("it is only " + size + " bytes long");
    }
    long headerLength = read(channel, Long.BYTES).getLong();
    if (headerLength < 2 || headerLength > LARGEST_HEADER || headerLength > size - Long.BYTES) {
      throw new MalformedException(
          "its header cannot be %s bytes long in a file of %d"
              .formatted(Long.toUnsignedString(headerLength), size));
    }
    Map<String, Object> header = parse(read(channel, (int) headerLength));
    Map<String, String> metadata = metadata(header.remove(Safetensors.METADATA));
    Map<String, Tensor> tensors = new HashMap<>();
    for (TensorPlace entry : entries(header, size - Long.BYTES - headerLength)) {
      tensors.put(entry.name, new Tensor(entry.shape, values(channel, entry)));
    }
    return new Safetensors(tensors, metadata);
  }

  private static Map<String, Object> parse(ByteBuffer header) throws MalformedException {
    try {
      return new HashMap<>(
          Json.parse(StandardCharsets.UTF_8.newDecoder().decode(header).toString()));
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new MalformedException("its header is not a JSON object");
    }
  }

  private static Map<String, String> metadata(Object value) throws MalformedException {
    Map<String, String> metadata = new HashMap<>();
    if (value instanceof Map<?, ?> map
        && map.values().stream().allMatch(text -> text instanceof String)) {
      map.forEach((key, text) -> metadata.put((String) key, (String) text));
    } else if (value != null) {
      throw new MalformedException("its metadata is not a map of strings");
    }
    return metadata;
  }

  /** All tensors in the order in which they lie in the file, without holes or overlaps. */
  private static List<TensorPlace> entries(Map<String, Object> header, long size)
      throws MalformedException {
    List<TensorPlace> entries = new ArrayList<>();
    for (Map.Entry<String, Object> tensor : header.entrySet()) {
      entries.add(entry(tensor.getKey(), tensor.getValue()));
    }
    entries.sort(
        Comparator.comparingLong(TensorPlace::begin)
            .thenComparingLong(TensorPlace::end)
            .thenComparing(TensorPlace::name));
    long position = 0;
    for (TensorPlace entry : entries) {
      if (entry.begin != position) {
        throw new MalformedException(
            "tensor %s begins at byte %d, not at %d where the one before it ends"
                .formatted(entry.name, entry.begin, position));
      }
      position = entry.end;
    }
    if (position != size) {
      throw new MalformedException(
          "its tensors take %d bytes, but %d follow the header".formatted(position, size));
    }
    return entries;
  }

  private static TensorPlace entry(String name, Object value) throws MalformedException {
    if (!(value instanceof Map<?, ?> fields)
        || !(fields.get("dtype") instanceof String type)
        || !(fields.get("shape") instanceof List<?> sizes)
        || !(fields.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2) {
      throw new MalformedException("tensor " + name + " lacks its dtype, shape or data_offsets");
    }
    if (!type.equals("F32")) {
      throw new MalformedException(
          "tensor %s has the type %s; only F32 can be read".formatted(name, type));
    }
    List<Long> shape = integers(name, sizes);
    List<Long> bounds = integers(name, offsets);
    TensorPlace entry = new TensorPlace(name, shape, bounds.get(0), bounds.get(1));
    if (!fits(entry)) {
      throw new MalformedException(
          "tensor %s of shape %s cannot lie between bytes %d and %d"
              .formatted(name, shape, entry.begin, entry.end));
    }
    return entry;
  }

  private static List<Long> integers(String name, List<?> values) throws MalformedException {
    List<Long> integers = new ArrayList<>();
    for (Object value : values) {
      if (!(value instanceof Integer || value instanceof Long)
          || ((Number) value).longValue() < 0) {
        throw new MalformedException(
            "tensor %s has %s where a natural number should be".formatted(name, value));
      }
      integers.add(((Number) value).longValue());
    }
    return integers;
  }

  private static boolean fits(TensorPlace entry) {
    try {
      long elements = Tensor.elements(entry.shape);
      return elements <= Integer.MAX_VALUE && entry.end - entry.begin == Float.BYTES * elements;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private static FloatBuffer values(FileChannel channel, TensorPlace entry) throws IOException {
    FloatBuffer values = FloatBuffer.allocate((int) ((entry.end - entry.begin) / Float.BYTES));
    while (values.hasRemaining()) {
      int count = Math.min(values.remaining(), BUFFER / Float.BYTES);
      values.put(read(channel, count * Float.BYTES).asFloatBuffer());
    }
    return values.flip();
  }

  private static ByteBuffer read(FileChannel channel, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  private static final class MalformedException extends IOException {

    MalformedException(String message) {
      super(message);
    }
  }
}
