package io.ddgan.train.parallel;

/** Another process of the same training has ended, so that no step can be done any more. */
public final class PeerLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says which. */
  public PeerLostException(int rank) {
    super(
        "the process of rank %d has ended; start all of them again with --resume, and they go on from the latest checkpoint"
            .formatted(rank));
  }
}
