package io.ddgan.train.phase;

import io.ddgan.api.ProcessGroup;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Averages the gradient of a network over the micro-batches of a batch, called shards here, which
 * several processes may share. The result is the same bit for bit in all processes, for any number
 * of them.
 */
public final class GradientAccumulator implements AutoCloseable {

  private final int shards;
  private final ProcessGroup exchange;
  private final ParameterSet gradient;
  private final List<ParameterSet> halves = new ArrayList<>();

  /** Allocates the gradient of a network. */
  public GradientAccumulator(int shards, ProcessGroup exchange, ParameterLayout layout) {
    this.shards = shards;
    this.exchange = exchange;
    this.gradient = ParameterSet.zeros(layout, DataType.FLOAT);
  }

  /**
   * Returns the gradient: of one shard while it is computed, the mean of all after {@link #add}.
   */
  public ParameterSet gradient() {
    return gradient;
  }

  /** Returns the number of shards of a batch. */
  public int shards() {
    return shards;
  }

  /** Returns the number of shards that this process computes. */
  public int ownShards() {
    return shards / exchange.size();
  }

  /**
   * Computes the mean gradient of all shards.
   *
   * @param shard writes the gradient of the shard with the given number to {@link #gradient}
   */
  public void add(IntConsumer shard) {
    if (exchange.size() == 1) { // ND4J has no NIO view of very small buffers
      add(0, shards, 0, shard);
    } else {
      exchange.allReduce(
          shards, gradient.flat().data().asNioFloat(), (from, to) -> add(from, to, 0, shard));
    }
    if (shards > 1) {
      gradient.flat().muli(1.0 / shards);
    }
  }

  /** Sums in the order of {@link ProcessGroup#allReduce}. */
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

  /** Gathers the measurements of all processes, in the order of the shards. */
  public float[] gather(float[] measured) {
    return exchange.allGather(measured);
  }

  /** Returns the bytes of native memory. */
  public long bytes() {
    return gradient.bytes() * (1 + halves.size());
  }

  @Override
  public void close() {
    gradient.close();
    halves.forEach(ParameterSet::close);
  }
}
