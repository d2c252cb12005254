package io.ddgan.train.export;

import io.ddgan.api.Objective;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.train.phase.SamplingGraph;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Writes files in SameDiff's format. */
final class SameDiffFile {

  private SameDiffFile() {}

  /**
   * Creates or replaces a file. Inputs of the graph become placeholders of the same names, weights
   * become constants, and the output keeps its name.
   */
  static Signature write(Path file, SamplingGraph graph, ParameterSet weights) throws IOException {
    Signature signature;
    try (TracedGraph traced = TracedGraph.of(graph, weights)) {
      signature = Signature.of(traced.inputs(), graph.name(), traced.result().shape());
    }
    SameDiff sameDiff = graph.graph().sameDiff();
    SDVariable unused = graph.graph().output(graph.name(), graph.output());
    List<SDVariable> parameters = graph.graph().parameters(Objective.GENERATOR);
    for (SDVariable parameter : parameters) {
      String name = parameter.name().substring(Objective.GENERATOR.length() + 1);
      parameter.setArray(weights.view(name).dup());
    }
    sameDiff.convertToConstants(parameters);
    ByteBuffer bytes = sameDiff.asFlatBuffers(false);
    AtomicFile.write(file, out -> Channels.newChannel(out).write(bytes));
    return signature;
  }
}
