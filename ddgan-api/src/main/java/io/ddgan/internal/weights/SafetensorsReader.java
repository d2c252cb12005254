package io.ddgan.internal.weights;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a safetensors file. */
final class SafetensorsReader {

  private static final long LARGEST_HEADER = 100_000_000; // as in the format's own reader
  private static final int BUFFER = 1 << 16;

  private final FileChannel channel;

  /** End of the header, the origin of the tensors' offsets. */
  private long begin;

  private SafetensorsReader(FileChannel channel) {
    this.channel = channel;
  }

  static Safetensors read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return new SafetensorsReader(channel).read();
    } catch (IOException e) {
      throw UnreadableException.explain(file, e);
    }
  }

  private Safetensors read() throws IOException {
    long size = channel.size();
    long length = size < Long.BYTES ? 0 : bytes(0, Long.BYTES).getLong();
    if (length < 2 || length > Math.min(LARGEST_HEADER, size - Long.BYTES)) {
      throw broken("its header of %d bytes does not fit in a file of %d".formatted(length, size));
    }
    begin = Long.BYTES + length;
    Map<String, Object> header = parse(bytes(Long.BYTES, (int) length));
    Map<String, String> metadata = metadata(header.remove(Safetensors.METADATA));
    Map<String, Tensor> tensors = new HashMap<>();
    long taken = 0;
    for (Map.Entry<String, Object> entry : header.entrySet()) {
      Tensor tensor = tensor(entry.getKey(), entry.getValue(), size - begin);
      tensors.put(entry.getKey(), tensor);
      taken += (long) Float.BYTES * tensor.values().remaining();
    }
    if (taken != size - begin) {
      throw broken(
          "its tensors take %d bytes, but %d follow the header".formatted(taken, size - begin));
    }
    return new Safetensors(tensors, metadata);
  }

  private static Map<String, Object> parse(ByteBuffer header) throws UnreadableException {
    try {
      return new HashMap<>(
          Json.parse(StandardCharsets.UTF_8.newDecoder().decode(header).toString()));
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw broken("its header is not a JSON object");
    }
  }

  private static Map<String, String> metadata(Object value) throws UnreadableException {
    Map<String, String> metadata = new HashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, text) -> metadata.put((String) key, String.valueOf(text)));
    } else if (value != null) {
      throw broken("its metadata is not a JSON object");
    }
    return metadata;
  }

  private Tensor tensor(String name, Object value, long available) throws IOException {
    if (!(value instanceof Map<?, ?> fields)
        || !(fields.get("dtype") instanceof String type)
        || !(fields.get("shape") instanceof List<?> sizes)
        || !(fields.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2) {
      throw broken("tensor " + name + " lacks its dtype, shape or data_offsets");
    }
    if (!type.equals("F32")) {
      throw broken("tensor %s has the type %s; only F32 can be read".formatted(name, type));
    }
    List<Long> shape = integers(name, sizes);
    List<Long> bounds = integers(name, offsets);
    long elements = Strides.dense(shape, false).elements();
    if (bounds.get(1) > available
        || bounds.get(1) - bounds.get(0) != Float.BYTES * (long) Strides.length(elements)) {
      throw broken(
          "tensor %s of shape %s does not match its data_offsets %d and %d"
              .formatted(name, shape, bounds.get(0), bounds.get(1)));
    }
    return new Tensor(shape, values(begin + bounds.get(0), (int) elements));
  }

  private static List<Long> integers(String name, List<?> values) throws UnreadableException {
    List<Long> integers = new ArrayList<>();
    for (Object value : values) {
      if (!(value instanceof Integer || value instanceof Long)
          || ((Number) value).longValue() < 0) {
        throw broken("tensor %s has %s instead of a non-negative integer".formatted(name, value));
      }
      integers.add(((Number) value).longValue());
    }
    return integers;
  }

  private FloatBuffer values(long position, int elements) throws IOException {
    FloatBuffer values = FloatBuffer.allocate(elements);
    while (values.hasRemaining()) {
      int count = Math.min(values.remaining(), BUFFER / Float.BYTES);
      long from = position + (long) values.position() * Float.BYTES;
      values.put(bytes(from, count * Float.BYTES).asFloatBuffer());
    }
    return values.flip();
  }

  private ByteBuffer bytes(long position, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("it was truncated while it was read");
      }
    }
    return bytes.flip();
  }

  private static UnreadableException broken(String why) {
    return new UnreadableException("is not a valid safetensors file: " + why);
  }
}
