package io.ddgan.internal.graph;

import io.ddgan.api.DataShape;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.RefusedException;
import java.util.Arrays;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** What every scope knows of the graph that it adds to. */
abstract class GraphScope implements ParameterScope {

  private final Graph graph;
  private final String prefix;

  /**
   * A scope.
   *
   * @param prefix the scope's full name with a dot after it; empty at the root
   */
  GraphScope(Graph graph, String prefix) {
    this.graph = graph;
    this.prefix = prefix;
  }

  static void checkShape(ParameterLayout.Entry entry, long[] shape) {
    if (!Arrays.equals(entry.dimensions(), shape)) {
      throw new RefusedException(
          "parameter %s has the shape %s, and is asked for with the shape %s"
              .formatted(entry.name(), entry.shape(), Arrays.toString(shape)));
    }
  }

  final Graph graph() {
    return graph;
  }

  final String fullName(String name) {
    return prefix + name;
  }

  @Override
  public final SameDiff sameDiff() {
    return graph.sameDiff();
  }

  @Override
  public final DataType dataType() {
    return graph.dataType();
  }

  @Override
  public final int batch() {
    return graph.batch();
  }

  @Override
  public final DataShape shape() {
    return graph.shape();
  }

  @Override
  public final int classes() {
    return graph.classes();
  }
}
