package io.ddgan.train.parallel;

import io.ddgan.api.RefusedException;
import io.ddgan.internal.file.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Keeps processes in the same step. That of rank 0 says from which checkpoint they begin and
 * whether there is another step; the others may ask it to stop.
 */
public final class Lockstep {

  private static final byte STEP = 1;
  private static final byte END = 2;
  private static final byte GO_ON = 3;
  private static final byte STOP = 4;

  private final Peers peers;
  private final String experiment;
  private boolean isAskedToStop;

  /**
   * Nothing agreed upon yet.
   *
   * @param experiment what is trained, as text
   */
  public Lockstep(Peers peers, String experiment) {
    this.peers = peers;
    this.experiment = experiment;
  }

  /** The processes. */
  public Peers peers() {
    return peers;
  }

  /**
   * Begins.
   *
   * @param latest the step of the checkpoint to begin with, as rank 0 knows it; empty without one,
   *     and of the others
   * @return the step that rank 0 has said
   * @throws RefusedException if others train something else
   */
  public OptionalLong begin(OptionalLong latest) {
    String hash = Sha256.of(experiment);
    ByteBuffer mine = StandardCharsets.UTF_8.encode("%s %d".formatted(hash, latest.orElse(-1)));
    List<ByteBuffer> all = peers.exchange(Collections.nCopies(peers.count(), mine));
    List<String[]> said =
        all.stream()
            .map(each -> StandardCharsets.UTF_8.decode(each).toString().split(" ", -1))
            .toList();
    for (int rank = 0; rank < said.size(); rank++) {
      if (!said.get(rank)[0].equals(hash)) {
        throw new RefusedException(
            "the processes of rank %d and %d train different experiments; give all of them the same"
                .formatted(peers.rank(), rank));
      }
    }
    long first = Long.parseLong(said.get(0)[1]);
    return first < 0 ? OptionalLong.empty() : OptionalLong.of(first);
  }

  /** Of rank 0: lets all do another step. */
  public void step() {
    say(STEP);
  }

  /** Of rank 0: lets all end, also those that have. */
  public void end() {
    try {
      say(END);
    } catch (PeerLostException e) {
      // all is saved, and nobody is needed any more
    }
  }

  /** Whether another process has asked to stop. */
  public boolean isAskedToStop() {
    return isAskedToStop;
  }

  /**
   * Of the others: waits for what rank 0 says.
   *
   * @param stop whether this process is to stop
   * @return whether there is another step
   */
  public boolean next(BooleanSupplier stop) {
    return say(stop.getAsBoolean() ? STOP : GO_ON).get(0).get() == STEP;
  }

  private List<ByteBuffer> say(byte what) {
    ByteBuffer mine = ByteBuffer.wrap(new byte[] {what});
    List<ByteBuffer> all = peers.exchange(Collections.nCopies(peers.count(), mine));
    isAskedToStop |= all.stream().anyMatch(each -> each.get(each.position()) == STOP);
    return all;
  }
}
