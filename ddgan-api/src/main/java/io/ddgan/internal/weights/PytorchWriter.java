package io.ddgan.internal.weights;

import io.ddgan.internal.file.FileContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the pickle and the storages of a state dict, one contiguous storage per tensor. */
final class PytorchWriter {

  private static final String FOLDER = "archive/";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private PytorchWriter() {}

  /** Creates or replaces a file for {@code torch.load}. Equal tensors give equal bytes. */
  static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    byte[] pickle = new PytorchWriter().pickle(tensors);
    Map<String, FileContent> entries = new LinkedHashMap<>();
    entries.put(FOLDER + "data.pkl", out -> out.write(pickle));
    entries.put(FOLDER + "byteorder", content("little"));
    int key = 0;
    for (Tensor tensor : tensors.values()) {
      entries.put(FOLDER + "data/" + key++, tensor::writeTo);
    }
    entries.put(FOLDER + "version", content("3\n"));
    ZipArchive.write(file, entries);
  }

  private static FileContent content(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] pickle(Map<String, Tensor> tensors) {
    out.write(0x80);
    out.write(2);
    out.write('}');
    out.write('(');
    int key = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      text(entry.getKey());
      tensor(key++, entry.getValue());
    }
    out.write('u');
    out.write('.');
    return out.toByteArray();
  }

  /** Writes {@code _rebuild_tensor_v2(storage, 0, size, stride, False, OrderedDict())}. */
  private void tensor(int key, Tensor tensor) {
    List<Long> shape = tensor.shape();
    List<Long> strides = new ArrayList<>(shape);
    long step = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      strides.set(i, step);
      step *= Math.max(1, shape.get(i));
    }
    global("torch._utils\n_rebuild_tensor_v2\n");
    out.write('(');
    storage(key, tensor.values().remaining());
    whole(0);
    tuple(shape);
    tuple(strides);
    out.write(0x89);
    global("collections\nOrderedDict\n");
    out.write(')');
    out.write('R');
    out.write('t');
    out.write('R');
  }

  private void storage(int key, long elements) {
    out.write('(');
    text("storage");
    global("torch\nFloatStorage\n");
    text(Integer.toString(key));
    text("cpu");
    whole(elements);
    out.write('t');
    out.write('Q');
  }

  private void tuple(List<Long> values) {
    out.write('(');
    values.forEach(this::whole);
    out.write('t');
  }

  private void global(String moduleAndName) {
    out.write('c');
    out.writeBytes(moduleAndName.getBytes(StandardCharsets.US_ASCII));
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number('X', bytes.length);
    out.writeBytes(bytes);
  }

  /** Writes a number of elements, which always fits in an int. */
  private void whole(long value) {
    number('J', Math.toIntExact(value));
  }

  private void number(int instruction, int value) {
    out.write(instruction);
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }
}
