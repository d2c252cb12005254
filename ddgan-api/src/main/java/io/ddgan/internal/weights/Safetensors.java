package io.ddgan.internal.weights;

import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.Json;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content of a <a href="https://github.com/huggingface/safetensors">safetensors</a> file:
 * float32 tensors by name. Equal content gives equal bytes.
 *
 * @param tensors tensors by name, sorted by name
 * @param metadata free text by key, sorted by key
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {

  static final String METADATA = "__metadata__";

  public Safetensors {
    tensors = Collections.unmodifiableMap(new TreeMap<>(tensors));
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /** Creates content without metadata. */
  public Safetensors(Map<String, Tensor> tensors) {
    this(tensors, Map.of());
  }

  /** Reads a file. */
  public static Safetensors read(Path file) throws IOException {
    return SafetensorsReader.read(file);
  }

  /** Returns the number of 4-byte elements in a file, without reading them. */
  public static long size(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      long header = Long.reverseBytes(in.readLong());
      long values = Files.size(file) - Long.BYTES - header;
      if (header < 0 || values < 0) {
        throw new IOException(file + " is not a complete safetensors file");
      }
      return values / Float.BYTES;
    } catch (EOFException e) {
      throw new IOException(file + " is not a complete safetensors file", e);
    }
  }

  /** Creates or replaces a file atomically. */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, this::writeTo);
  }

  /** Writes the content in the file format to a stream. */
  public void writeTo(OutputStream out) throws IOException {
    byte[] header = header();
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(header.length).array());
    out.write(header);
    for (Tensor tensor : tensors.values()) {
      tensor.writeTo(out);
    }
  }

  /** Returns the header, padded with spaces to align the values to 8 bytes. */
  private byte[] header() {
    Map<String, Object> header = new TreeMap<>();
    if (!metadata.isEmpty()) {
      header.put(METADATA, metadata);
    }
    long begin = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      List<Long> shape = entry.getValue().shape();
      long end = begin + Float.BYTES * Tensor.elements(shape);
      header.put(
          entry.getKey(),
          Map.of("dtype", "F32", "shape", shape, "data_offsets", List.of(begin, end)));
      begin = end;
    }
    String json = Json.compact(header);
    int size = json.getBytes(StandardCharsets.UTF_8).length;
    return (json + " ".repeat(Math.floorMod(-size, Long.BYTES))).getBytes(StandardCharsets.UTF_8);
  }
}
