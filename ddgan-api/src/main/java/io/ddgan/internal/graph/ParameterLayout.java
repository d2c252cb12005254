package io.ddgan.internal.graph;

import io.ddgan.api.DataShape;
import io.ddgan.api.Initializer;
import io.ddgan.api.ParameterScope;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The parameters of a network by name, in the order of their first use, with their offsets in a
 * flat buffer.
 */
public final class ParameterLayout {

  private final Map<String, Entry> entries;
  private final long size;

  ParameterLayout(Collection<Entry> entries) {
    Map<String, Entry> byName = new LinkedHashMap<>();
    entries.forEach(e -> byName.put(e.name(), e));
    this.entries = byName;
    this.size = entries.stream().mapToLong(Entry::size).sum();
  }

  /** Determines a network's parameters by adding it to a graph that is never run. */
  public static ParameterLayout of(DataShape shape, int batch, Consumer<ParameterScope> network) {
    return of(shape, batch, 0, network);
  }

  /**
   * Determines a network's parameters for data with classes.
   *
   * @param classes number of classes of the data, 0 if it has none
   */
  public static ParameterLayout of(
      DataShape shape, int batch, int classes, Consumer<ParameterScope> network) {
    Graph graph = new Graph(DataType.FLOAT, batch, shape, classes, false);
    network.accept(graph.declare("network"));
    return graph.declared().get("network");
  }

  /** Returns all parameters in order. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** Returns the same parameters with some frozen by name. */
  public ParameterLayout freezing(Predicate<String> frozen) {
    return new ParameterLayout(
        entries.values().stream()
            .map(
                e ->
                    new Entry(
                        e.name(),
                        e.shape(),
                        e.initializer(),
                        e.isTrained() && !frozen.test(e.name()),
                        e.offset()))
            .toList());
  }

  /** Returns the total number of elements. */
  public long size() {
    return size;
  }

  /** Returns a parameter by name. */
  public Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("the network has no parameter named " + name);
    }
    return entry;
  }

  /**
   * One parameter.
   *
   * @param name dot-separated name
   * @param initializer creates the initial values
   * @param isTrained true if training changes it
   * @param offset index of the first element in a flat buffer
   */
  public record Entry(
      String name, List<Long> shape, Initializer initializer, boolean isTrained, long offset) {

    /** Returns the number of elements. */
    public long size() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }

    long[] dimensions() {
      return shape.stream().mapToLong(Long::longValue).toArray();
    }
  }
}
