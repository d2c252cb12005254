package io.ddgan.distributed;

import io.ddgan.api.ProcessGroup;
import io.ddgan.api.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * All-reduces gradients over a binary tree of shards. Each process sums the largest subtrees of its
 * own shards (reduce-scatter): it keeps one segment of the sums and sends the others. It then adds
 * the received segments in tree order and sends the result to all (all-gather). Each process sends
 * and receives about twice the gradient, independent of the number of processes.
 */
final class TreeAllReduce implements ProcessGroup {

  private static final byte[] YES = {1};
  private static final byte[] NO = {0};

  private final RankConnections peers;

  TreeAllReduce(RankConnections peers) {
    this.peers = peers;
  }

  /** Consecutive shards whose sum is a subtree. */
  private record Node(int from, int to) {

    Node left() {
      return new Node(from, from + (to - from) / 2);
    }

    Node right() {
      return new Node(from + (to - from) / 2, to);
    }

    /** Collects the largest nodes within a range of shards. */
    void collect(int first, int end, List<Node> nodes) {
      if (first <= from && to <= end) {
        nodes.add(this);
      } else if (from < end && first < to) {
        left().collect(first, end, nodes);
        right().collect(first, end, nodes);
      }
    }
  }

  @Override
  public int rank() {
    return peers.rank();
  }

  @Override
  public int size() {
    return peers.size();
  }

  @Override
  public OptionalLong agreeOnFirstStep(String experiment, OptionalLong checkpoint) {
    List<String[]> states =
        sendToAll(
                "%d %s"
                    .formatted(checkpoint.orElse(-1), experiment)
                    .getBytes(StandardCharsets.UTF_8))
            .stream()
            .map(each -> new String(each, StandardCharsets.UTF_8).split(" ", 2))
            .toList();
    for (int other = 0; other < size(); other++) {
      if (!states.get(other)[1].equals(experiment)) {
        throw new RefusedException(
            "ranks %d and %d train different experiments; start all with the same configuration"
                .formatted(rank(), other));
      }
    }
    long first = Long.parseLong(states.get(0)[0]);
    return first < 0 ? OptionalLong.empty() : OptionalLong.of(first);
  }

  @Override
  public boolean agreeToContinue(boolean more) {
    List<byte[]> all;
    try {
      all = sendToAll(more ? YES : NO);
    } catch (LostException e) {
      if (rank() == 0 && !more) {
        return false; // all is saved; the others are not needed any more
      }
      throw e;
    }
    return rank() == 0
        ? all.stream().skip(1).allMatch(each -> each[0] == YES[0])
        : all.get(0)[0] == YES[0];
  }

  private List<byte[]> sendToAll(byte[] message) {
    return peers.exchange(Collections.nCopies(size(), message));
  }

  @Override
  public float[] allGather(float[] measured) {
    List<FloatBuffer> all = gather(FloatBuffer.wrap(measured));
    FloatBuffer gathered =
        FloatBuffer.allocate(all.stream().mapToInt(FloatBuffer::remaining).sum());
    all.forEach(gathered::put);
    return gathered.array();
  }

  private List<FloatBuffer> gather(FloatBuffer numbers) {
    byte[] mine = new byte[Math.multiplyExact(numbers.remaining(), Float.BYTES)];
    ByteBuffer.wrap(mine).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(numbers);
    return sendToAll(mine).stream().map(TreeAllReduce::floats).toList();
  }

  @Override
  public void allReduce(int shards, FloatBuffer gradient, Part part) {
    List<FloatBuffer> received = exchangeSegments(shards, gradient, part);
    Map<Node, float[]> known = new HashMap<>();
    for (int other = 0; other < size(); other++) {
      for (Node node : nodes(shards, other)) {
        float[] segment = new float[length(gradient, rank())];
        received.get(other).get(segment);
        known.put(node, segment);
      }
    }
    float[] own = sum(new Node(0, shards), known);
    List<FloatBuffer> all = gather(FloatBuffer.wrap(own));
    for (int other = 0; other < size(); other++) {
      segment(gradient, other).put(all.get(other));
    }
  }

  /** Computes the sums of this process's nodes and sends each process its segment of them. */
  private List<FloatBuffer> exchangeSegments(int shards, FloatBuffer gradient, Part part) {
    List<Node> nodes = nodes(shards, rank());
    List<ByteBuffer> outgoing = new ArrayList<>();
    for (int other = 0; other < size(); other++) {
      outgoing.add(bytes(Math.multiplyExact(nodes.size(), length(gradient, other))));
    }
    List<FloatBuffer> segments = outgoing.stream().map(ByteBuffer::asFloatBuffer).toList();
    for (Node node : nodes) {
      part.compute(node.from(), node.to());
      for (int other = 0; other < size(); other++) {
        segments.get(other).put(segment(gradient, other));
      }
    }
    return peers.exchange(outgoing.stream().map(ByteBuffer::array).toList()).stream()
        .map(TreeAllReduce::floats)
        .toList();
  }

  private List<Node> nodes(int shards, int rank) {
    List<Node> nodes = new ArrayList<>();
    new Node(0, shards).collect(rank * shards / size(), (rank + 1) * shards / size(), nodes);
    return nodes;
  }

  private static float[] sum(Node node, Map<Node, float[]> known) {
    float[] sum = known.get(node);
    if (sum == null) {
      sum = sum(node.left(), known);
      float[] other = sum(node.right(), known);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += other[i];
      }
    }
    return sum;
  }

  private FloatBuffer segment(FloatBuffer gradient, int rank) {
    return gradient.slice(from(gradient, rank), length(gradient, rank));
  }

  private int from(FloatBuffer gradient, int rank) {
    return (int) ((long) gradient.limit() * rank / size());
  }

  private int length(FloatBuffer gradient, int rank) {
    return from(gradient, rank + 1) - from(gradient, rank);
  }

  private static ByteBuffer bytes(int floats) {
    return ByteBuffer.allocate(Math.multiplyExact(floats, Float.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  @Override
  public void close() throws IOException {
    peers.close();
  }
}
