package io.ddgan.internal.weights;

import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The formats in which tensors travel by name, told apart by the file's extension. */
@SuppressWarnings("ImmutableEnumChecker") // lists that do not change, functions without state
public enum WeightFormat {
  /** What {@code torch.save} writes for a state dict. */
  PYTORCH(List.of(".pth", ".pt"), PytorchFile::readTensors, PytorchFile::write),
  /** Hugging Face's. */
  SAFETENSORS(
      List.of(".safetensors"),
      file -> Safetensors.read(file).tensors(),
      (file, tensors) -> new Safetensors(tensors).write(file)),
  /** NumPy's. */
  NPZ(List.of(".npz"), Npz::read, Npz::write);

  private final List<String> extensions;
  private final Reader reader;
  private final Writer writer;

  WeightFormat(List<String> extensions, Reader reader, Writer writer) {
    this.extensions = extensions;
    this.reader = reader;
    this.writer = writer;
  }

  private interface Reader {
    Map<String, Tensor> read(Path file) throws IOException;
  }

  private interface Writer {
    void write(Path file, Map<String, Tensor> tensors) throws IOException;
  }

  /**
   * The format of a file.
   *
   * @throws IllegalArgumentException if its extension is none of those known; the message lists
   *     them
   */
  public static WeightFormat of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.extensions.stream().anyMatch(name::endsWith))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "the name of a file of weights ends in %s, not as %s does"
                        .formatted(
                            Arrays.stream(values())
                                .flatMap(format -> format.extensions.stream())
                                .collect(Collectors.joining(", ")),
                            file)));
  }

  /** Reads tensors by name, as float32. */
  public Map<String, Tensor> read(Path file) throws IOException {
    return reader.read(file);
  }

  /** Creates or replaces a file, atomically. */
  public void write(Path file, Map<String, Tensor> tensors) throws IOException {
    writer.write(file, tensors);
  }
}
