package io.ddgan.internal.weights;

import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The formats in which tensors travel by name, told apart by the file's extension. */
public enum WeightFormat {
  /** What {@code torch.save} writes for a state dict. */
  PYTORCH(".pth, .pt") {
    @Override
    public Map<String, Tensor> read(Path file) throws IOException {
      return PytorchFile.readTensors(file);
    }

    @Override
    public void write(Path file, Map<String, Tensor> tensors) throws IOException {
      PytorchFile.write(file, tensors);
    }
  },
  /** Hugging Face's. */
  SAFETENSORS(".safetensors") {
    @Override
    public Map<String, Tensor> read(Path file) throws IOException {
      return Safetensors.read(file).tensors();
    }

    @Override
    public void write(Path file, Map<String, Tensor> tensors) throws IOException {
      new Safetensors(tensors).write(file);
    }
  },
  /** NumPy's. */
  NPZ(".npz") {
    @Override
    public Map<String, Tensor> read(Path file) throws IOException {
      return Npz.read(file);
    }

    @Override
    public void write(Path file, Map<String, Tensor> tensors) throws IOException {
      Npz.write(file, tensors);
    }
  };

  private static final Pattern COMMA = Pattern.compile(", ");

  private final String extensions;

  WeightFormat(String extensions) {
    this.extensions = extensions;
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
        .filter(format -> COMMA.splitAsStream(format.extensions).anyMatch(name::endsWith))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "the name of a file of weights ends in %s, not as %s does"
                        .formatted(
                            Arrays.stream(values())
                                .map(format -> format.extensions)
                                .collect(Collectors.joining(", ")),
                            file)));
  }

  /**
   * Reads tensors by name, as float32.
   *
   * @throws IOException if the file cannot be read or is damaged; the message names it and says why
   */
  public abstract Map<String, Tensor> read(Path file) throws IOException;

  /**
   * Creates or replaces a file, atomically.
   *
   * @throws IOException if it cannot be written; the message names it
   */
  public abstract void write(Path file, Map<String, Tensor> tensors) throws IOException;
}
