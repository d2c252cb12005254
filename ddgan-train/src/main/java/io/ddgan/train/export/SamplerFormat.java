package io.ddgan.train.export;

import io.ddgan.api.RefusedException;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.train.phase.SamplingGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The formats of files that compute samples in other programs, by the file's extension. */
public enum SamplerFormat {
  /** The Open Neural Network Exchange's, which many runtimes and browsers execute. */
  ONNX(".onnx"),
  /** SameDiff's own, for programs that have ND4J. Their number of examples is fixed. */
  SAMEDIFF(".fb");

  private final String extension;

  SamplerFormat(String extension) {
    this.extension = extension;
  }

  /** The format of a file; empty if its extension is none of these. */
  public static Optional<SamplerFormat> of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(each -> name.endsWith(each.extension)).findFirst();
  }

  /**
   * Creates or replaces a file.
   *
   * @param graph what is written, for a number of examples
   * @param weights the generator's
   * @param batch how many examples are computed at a time; if empty any number where the format
   *     can, else 1
   * @param notes what the file says of where it comes from, by name, where the format can
   * @throws RefusedException if the format has no counterpart of an operation; the message names it
   */
  public Signature write(
      Path file,
      IntFunction<SamplingGraph> graph,
      ParameterSet weights,
      Optional<Integer> batch,
      Map<String, String> notes)
      throws IOException {
    return switch (this) {
      case ONNX -> OnnxTranslation.write(file, graph, weights, batch, notes);
      case SAMEDIFF -> SameDiffFile.write(file, graph.apply(batch.orElse(1)), weights);
    };
  }
}
