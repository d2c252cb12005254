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

/** The formats of exported samplers, by file extension. */
public enum SamplerFormat {
  /** Open Neural Network Exchange, supported by many runtimes and browsers. */
  ONNX(".onnx"),
  /** SameDiff's format, for programs with ND4J. The number of examples is fixed. */
  SAMEDIFF(".fb");

  private final String extension;

  SamplerFormat(String extension) {
    this.extension = extension;
  }

  /** Returns the format of a file; empty if its extension is unknown. */
  public static Optional<SamplerFormat> of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(each -> name.endsWith(each.extension)).findFirst();
  }

  /**
   * Creates or replaces a file.
   *
   * @param graph the graph to write, by number of examples
   * @param weights the weights of the generator
   * @param batch number of examples computed at a time; if empty, any number if the format allows
   *     it, else 1
   * @param notes metadata of the file, by name, if the format supports it
   * @throws RefusedException if the format does not support an operation; the message names it
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
