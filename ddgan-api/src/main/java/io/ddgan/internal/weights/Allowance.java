package io.ddgan.internal.weights;

/** The memory that the arrays of a file may take, in proportion to its size. */
final class Allowance {

  /** Far more than any honest file needs: bytes that become floats take four times their space. */
  private static final long EXPANSION = 16;

  private static final long ALWAYS_ALLOWED = 1 << 20;

  private final long fileSize;
  private long left;

  Allowance(long fileSize) {
    this.fileSize = fileSize;
    this.left = ALWAYS_ALLOWED + EXPANSION * fileSize;
  }

  /**
   * Makes sure that arrays stay in proportion before memory is taken for one more.
   *
   * @param elements number of its elements
   * @param bytes size of an element in memory
   * @return the number of elements
   */
  int take(long elements, int bytes) throws UnreadableException {
    if (elements > Integer.MAX_VALUE - Long.BYTES || elements > left / bytes) {
      throw UnreadableException.damaged(
          "its arrays would take more than %d times its %d bytes".formatted(EXPANSION, fileSize));
    }
    left -= elements * bytes;
    return (int) elements;
  }
}
