package io.ddgan.internal.weights;

import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The file formats for tensors by name, selected by the file's extension. */
@SuppressWarnings("ImmutableEnumChecker") // lists that do not change
public enum WeightFormat {
  /** A state dict written by {@code torch.save}. */
  PYTORCH(".pth", ".pt"),
  /** Hugging Face's safetensors. */
  SAFETENSORS(".safetensors"),
  /** NumPy's archive of arrays. */
  NPZ(".npz");

  private final List<String> extensions;

  WeightFormat(String... extensions) {
    this.extensions = List.of(extensions);
  }

  /** Returns the format of a file; throws a RefusedException if its extension is unknown. */
  public static WeightFormat of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.extensions.stream().anyMatch(name::endsWith))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "%s has an unknown extension; use one of %s"
                        .formatted(
                            file,
                            Arrays.stream(values())
                                .flatMap(format -> format.extensions.stream())
                                .collect(Collectors.joining(", ")))));
  }

  /** Reads tensors by name, as float32. */
  public Map<String, Tensor> read(Path file) throws IOException {
    return switch (this) {
      case PYTORCH -> PytorchFile.readTensors(file);
      case SAFETENSORS -> Safetensors.read(file).tensors();
      case NPZ -> Npz.read(file);
    };
  }

  /** Creates or replaces a file atomically. */
  public void write(Path file, Map<String, Tensor> tensors) throws IOException {
    switch (this) {
      case PYTORCH -> PytorchWriter.write(file, tensors);
      case SAFETENSORS -> new Safetensors(tensors).write(file);
      case NPZ -> Npz.write(file, tensors);
    }
  }
}
