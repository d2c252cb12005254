package io.ddgan.train.phase;

import io.ddgan.api.ProcessGroup;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The gradient of a network, the mean over a batch's shards, which several processes may share. All
 * of them have the same bits of it in the end, however many they are.
 */
public final class GradientAccumulator implements AutoCloseable {

  private final int shards;
  private final ProcessGroup exchange;
  private final ParameterSet gradient;
  private final List<ParameterSet> halves = new ArrayList<>();

  /** The gradient of a network. */
  public GradientAccumulator(int shards, ProcessGroup exchange, ParameterLayout layout) {
    this.shards = shards;
    this.exchange = exchange;
    this.gradient = ParameterSet.zeros(layout, DataType.FLOAT);
  }

  /** The gradient of one shard while it is computed, and the mean of all after {@link #add}. */
  public ParameterSet gradient() {
    return gradient;
  }

  /** Number of shards of a batch. */
  public int shards() {
    return shards;
  }

  /** Number of those that this process computes. */
  public int ownShards() {
    return shards / exchange.size();
  }

  /**
   * Computes the mean.
   *
   * @param shard leaves the gradient of a shard, which it is given the number of, in {@link
   *     #gradient}
   */
  public void add(IntConsumer shard) {
    if (exchange.size() == 1) { // ND4J has no view for others of a buffer that is very small
      add(0, shards, 0, shard);
    } else {
      exchange.allReduce(
          shards, gradient.flat().data().asNioFloat(), (from, to) -> add(from, to, 0, shard));
    }
    if (shards > 1) {
      gradient.flat().muli(1.0 / shards);
    }
  }

  /** In the order that {@link ProcessGroup#allReduce} says. */
  private void add(int from, int to, int depth, IntConsumer shard) {
    if (to - from == 1) {
      shard.accept(from);
      return;
    }
    int middle = from + (to - from) / 2;
    add(from, middle, depth + 1, shard);
    ParameterSet left = half(depth);
    left.flat().assign(gradient.flat());
    add(middle, to, depth + 1, shard);
    gradient.flat().addi(left.flat());
  }

  private ParameterSet half(int depth) {
    while (halves.size() <= depth) {
      halves.add(ParameterSet.zeros(gradient.layout(), DataType.FLOAT));
    }
    return halves.get(depth);
  }

  /** What each process has measured of its own shards, in the order of the shards. */
  public float[] gather(float[] measured) {
    return exchange.allGather(measured);
  }

  /** Bytes of native memory. */
  public long bytes() {
    return gradient.bytes() * (1 + halves.size());
  }

  @Override
  public void close() {
    gradient.close();
    halves.forEach(ParameterSet::close);
  }
}
