package io.ddgan.train.parallel;

import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.train.parallel.ShardTree.Node;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The gradient of a network, the mean over a batch's shards, each of which one of several processes
 * computes. All processes have the same bits of it in the end, and as many processes as there are
 * have no influence on them.
 *
 * <p>Of every sum that a process has computed it keeps a segment and gives the other segments away;
 * it adds up its segment of all, and gives that to the others. So each process sends and receives
 * about twice the gradient, however many they are.
 */
public final class ShardSum implements AutoCloseable {

  private final ShardTree tree;
  private final Peers peers;
  private final ParameterSet gradient;
  private final List<Node> own;
  private final List<ParameterSet> sums = new ArrayList<>();
  private final List<ParameterSet> halves = new ArrayList<>();

  /**
   * The gradient of a network.
   *
   * @param shards number of shards, a multiple of the number of processes
   */
  public ShardSum(int shards, Peers peers, ParameterLayout layout) {
    if (shards % peers.count() != 0) {
      throw new IllegalArgumentException(
          "%d shards for %d processes".formatted(shards, peers.count()));
    }
    this.tree = new ShardTree(shards);
    this.peers = peers;
    this.gradient = ParameterSet.zeros(layout, DataType.FLOAT);
    this.own = tree.own(peers.rank(), peers.count());
  }

  /** The gradient of one shard while it is computed, and the mean of all after {@link #add}. */
  public ParameterSet gradient() {
    return gradient;
  }

  /** Number of shards of a batch. */
  public int shards() {
    return tree.shards();
  }

  /** Number of those that this process computes. */
  public int ownShards() {
    return tree.shards() / peers.count();
  }

  /**
   * Computes the mean.
   *
   * @param shard leaves the gradient of a shard, which it is given the number of, in {@link
   *     #gradient}
   */
  public void add(IntConsumer shard) {
    for (int i = 0; i < own.size(); i++) {
      add(own.get(i), 0, shard);
      if (peers.count() > 1) {
        buffer(sums, i).flat().assign(gradient.flat());
      }
    }
    if (peers.count() > 1) {
      exchange();
    }
    if (tree.shards() > 1) {
      gradient.flat().muli(1.0 / tree.shards());
    }
  }

  private void add(Node node, int depth, IntConsumer shard) {
    if (node.isLeaf()) {
      shard.accept(node.from());
      return;
    }
    add(node.left(), depth + 1, shard);
    ParameterSet left = buffer(halves, depth);
    left.flat().assign(gradient.flat());
    add(node.right(), depth + 1, shard);
    gradient.flat().addi(left.flat());
  }

  private ParameterSet buffer(List<ParameterSet> buffers, int index) {
    while (buffers.size() <= index) {
      buffers.add(ParameterSet.zeros(gradient.layout(), DataType.FLOAT));
    }
    return buffers.get(index);
  }

  /**
   * What each process has measured of its own shards, one after the other, in the order of the
   * shards.
   */
  public float[] gather(float[] measured) {
    if (peers.count() == 1) {
      return measured;
    }
    List<FloatBuffer> all = fromAll(measured);
    FloatBuffer gathered =
        FloatBuffer.allocate(all.stream().mapToInt(FloatBuffer::remaining).sum());
    all.forEach(gathered::put);
    return gathered.array();
  }

  /** What each process gives all others, this one some numbers. */
  private List<FloatBuffer> fromAll(float[] numbers) {
    ByteBuffer mine = floats(numbers.length);
    mine.asFloatBuffer().put(numbers);
    return peers.exchange(Collections.nCopies(peers.count(), mine)).stream()
        .map(ShardSum::floats)
        .toList();
  }

  private void exchange() {
    List<ByteBuffer> given = new ArrayList<>();
    for (int rank = 0; rank < peers.count(); rank++) {
      given.add(segments(rank));
    }
    List<ByteBuffer> received = peers.exchange(given);
    Map<Node, float[]> known = new HashMap<>();
    for (int rank = 0; rank < peers.count(); rank++) {
      FloatBuffer floats = floats(received.get(rank));
      for (Node node : tree.own(rank, peers.count())) {
        float[] segment = new float[length(peers.rank())];
        floats.get(segment);
        known.put(node, segment);
      }
    }
    List<FloatBuffer> all = fromAll(sum(tree.root(), known));
    for (int rank = 0; rank < peers.count(); rank++) {
      flat(gradient).slice(from(rank), length(rank)).put(all.get(rank));
    }
  }

  /** A process's segment of all that this one has added up. */
  private ByteBuffer segments(int rank) {
    ByteBuffer bytes = floats(own.size() * length(rank));
    FloatBuffer floats = bytes.asFloatBuffer();
    for (int i = 0; i < own.size(); i++) {
      floats.put(flat(buffer(sums, i)).slice(from(rank), length(rank)));
    }
    return bytes;
  }

  private static float[] sum(Node node, Map<Node, float[]> known) {
    float[] there = known.get(node);
    if (there != null) {
      return there;
    }
    float[] sum = sum(node.left(), known);
    float[] other = sum(node.right(), known);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }

  private int from(int rank) {
    return Math.toIntExact(gradient.layout().size() * rank / peers.count());
  }

  private int length(int rank) {
    return from(rank + 1) - from(rank);
  }

  private static ByteBuffer floats(int length) {
    return ByteBuffer.allocate(Math.multiplyExact(length, Float.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static FloatBuffer floats(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  private static FloatBuffer flat(ParameterSet set) {
    return set.flat().data().asNioFloat();
  }

  /** Bytes of native memory. */
  public long bytes() {
    long one = gradient.bytes();
    return one * (1 + sums.size() + halves.size());
  }

  @Override
  public void close() {
    gradient.close();
    sums.forEach(ParameterSet::close);
    halves.forEach(ParameterSet::close);
  }
}
