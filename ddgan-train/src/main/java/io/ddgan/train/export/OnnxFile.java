package io.ddgan.train.export;

import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.train.phase.SamplingGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import onnx.Onnx.ModelProto;

/** Writes files of the Open Neural Network Exchange. */
final class OnnxFile {

  /** Version of the format that operators' set 17 came with. */
  private static final int FORMAT = 8;

  /** Any two numbers show where a shape depends on them; these occur as few sizes do. */
  private static final int ONE = 5;

  private static final int OTHER = 7;

  private OnnxFile() {}

  /** See {@link SamplerFormat#write}. */
  static Signature write(
      Path file,
      IntFunction<SamplingGraph> graph,
      ParameterSet weights,
      Optional<Integer> batch,
      Map<String, String> notes)
      throws IOException {
    SamplingGraph first = graph.apply(batch.orElse(ONE));
    ModelProto.Builder model = ModelProto.newBuilder();
    Signature signature;
    try (TracedGraph one = TracedGraph.of(first, weights);
        TracedGraph other =
            TracedGraph.of(batch.isPresent() ? first : graph.apply(OTHER), weights)) {
      OnnxTranslation translation = new OnnxTranslation(one, other);
      model.setIrVersion(FORMAT).setProducerName("ddgan").setGraph(translation.graph(first.name()));
      signature = translation.signature(first.name());
    }
    model.addOpsetImportBuilder().setVersion(OnnxOperations.OPSET);
    notes.forEach((key, value) -> model.addMetadataPropsBuilder().setKey(key).setValue(value));
    AtomicFile.write(file, model.build()::writeTo);
    return signature;
  }
}
