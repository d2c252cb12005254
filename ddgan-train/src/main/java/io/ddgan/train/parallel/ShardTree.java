package io.ddgan.train.parallel;

import java.util.ArrayList;
import java.util.List;

/**
 * The order in which the gradients of a batch's shards are added: halves of halves, so that it is
 * the same whichever processes have computed them. Floating-point sums depend on their order.
 *
 * @param shards number of shards, at least 1
 */
record ShardTree(int shards) {

  /**
   * Shards that follow each other, which are added before anything else is.
   *
   * @param from the first
   * @param to the one after the last
   */
  record Node(int from, int to) {

    boolean isLeaf() {
      return to - from == 1;
    }

    Node left() {
      return new Node(from, from + (to - from) / 2);
    }

    Node right() {
      return new Node(from + (to - from) / 2, to);
    }
  }

  Node root() {
    return new Node(0, shards);
  }

  /**
   * What a process adds up by itself: the largest sums of its own shards.
   *
   * @param rank the process, of {@code count}, each of which has as many shards
   */
  List<Node> own(int rank, int count) {
    List<Node> nodes = new ArrayList<>();
    collect(root(), rank * shards / count, (rank + 1) * shards / count, nodes);
    return List.copyOf(nodes);
  }

  private static void collect(Node node, int from, int to, List<Node> nodes) {
    if (node.from() >= to || node.to() <= from) {
      return;
    }
    if (from <= node.from() && node.to() <= to) {
      nodes.add(node);
      return;
    }
    collect(node.left(), from, to, nodes);
    collect(node.right(), from, to, nodes);
  }
}
