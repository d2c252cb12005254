package io.ddgan.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.ProcessGroup.LostException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankConnectionsTest {

  @TempDir Path folder;

  @Test
  void largeMessagesOfAllGoToAllAtOnce() throws InterruptedException, ExecutionException {
    int size = 5_000_000;
    Together.work(
        folder,
        3,
        peers -> {
          byte[] own = new byte[size + peers.rank()];
          for (int round = 0; round < 3; round++) {
            own[size / 2] = (byte) (10 * round + peers.rank());
            List<byte[]> received = peers.exchange(Collections.nCopies(3, own.clone()));
            for (int rank = 0; rank < 3; rank++) {
              assertEquals(size + rank, received.get(rank).length);
              assertEquals(10 * round + rank, received.get(rank)[size / 2]);
            }
          }
          return true;
        });
    assertFalse(Files.exists(folder.resolve("meeting")));
  }

  @Test
  void theOthersAreToldOfOneThatHasEnded() throws InterruptedException, ExecutionException {
    List<String> told =
        Together.work(
            folder,
            2,
            peers -> {
              List<byte[]> nothing = Collections.nCopies(2, new byte[0]);
              peers.exchange(nothing);
              if (peers.rank() == 1) {
                return "";
              }
              return assertThrows(LostException.class, () -> peers.exchange(nothing)).getMessage();
            });
    assertTrue(told.get(0).startsWith("the process of rank 1 has ended; "), told.get(0));
  }

  @Test
  void theFileOfAnEarlierMeetingIsNoMeeting() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    new Rendezvous("old", 2, port, List.of("127.0.0.1")).write(folder.resolve("meeting"));
    assertEquals(List.of(0, 1), Together.work(folder, 2, RankConnections::rank));
  }

  @Test
  void noRoomIsMadeForALongMessageOfOneWhoIsNotKnown() throws Exception {
    Path file = folder.resolve("meeting");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<RankConnections> first =
          threads.submit(() -> RankConnections.meet(file, 0, 2, 60, () -> false));
      Optional<Rendezvous> meeting = Rendezvous.read(file);
      while (meeting.isEmpty()) {
        Thread.sleep(10);
        meeting = Rendezvous.read(file);
      }
      try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), meeting.get().port())) {
        new DataOutputStream(stranger.getOutputStream()).writeInt(Integer.MAX_VALUE);
        assertEquals(-1, stranger.getInputStream().read());
      }
      try (RankConnections second = RankConnections.meet(file, 1, 2, 60, () -> false)) {
        assertEquals(0, first.get().rank());
        assertEquals(1, second.rank());
        first.get().close();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aProcessThatIsNotOfThemIsNotWaitedForLong() {
    IOException alone =
        assertThrows(
            IOException.class,
            () -> RankConnections.meet(folder.resolve("meeting"), 0, 2, 1, () -> false).close());
    assertEquals(
        "only 1 of 2 processes have joined; start one for each rank from 0 to 1, all with the same run",
        alone.getMessage());
    IOException early =
        assertThrows(
            IOException.class,
            () -> RankConnections.meet(folder.resolve("meeting"), 1, 2, 1, () -> false).close());
    assertTrue(early.getMessage().startsWith("rank 1 had no answer from rank 0"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aProcessThatIsStoppedWaitsNoLonger(int rank) {
    IOException stopped =
        assertThrows(
            IOException.class,
            () ->
                RankConnections.meet(folder.resolve("meeting"), rank, 2, 600, () -> true).close());
    assertEquals("stopped before all processes had joined", stopped.getMessage());
  }

  @Test
  void rankZeroDoesNotWaitForOthersOnceOneThatHasJoinedEnds() throws Exception {
    Path file = folder.resolve("meeting");
    CompletableFuture<RankConnections> zero = meeting(file, 0, 3);
    Optional<Rendezvous> meeting = Rendezvous.read(file);
    while (meeting.isEmpty()) {
      Thread.sleep(10);
      meeting = Rendezvous.read(file);
    }
    try (Socket one = new Socket(InetAddress.getLoopbackAddress(), meeting.get().port())) {
      DataOutputStream out = new DataOutputStream(one.getOutputStream());
      out.writeUTF(meeting.get().token());
      out.writeInt(1);
      out.writeInt(1);
      assertEquals(1, one.getInputStream().read());
    }
    assertLost(1, zero);
  }

  /** Rank 0 ends when the other has joined, or when it has told it where rank 1 was. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anotherDoesNotWaitForOneThatEndsBeforeAllHaveMet(int ended) throws Exception {
    Path file = folder.resolve("meeting");
    int closed;
    try (ServerSocket one = new ServerSocket(0)) {
      closed = one.getLocalPort();
    }
    try (ServerSocket zero = new ServerSocket(0)) {
      new Rendezvous("token", 3, zero.getLocalPort(), List.of("127.0.0.1")).write(file);
      CompletableFuture<RankConnections> two = meeting(file, 2, 3);
      try (Socket joining = zero.accept()) {
        DataOutputStream out = new DataOutputStream(joining.getOutputStream());
        out.writeBoolean(true);
        if (ended == 1) {
          out.writeBoolean(true);
          out.writeUTF("1 127.0.0.1 " + closed);
          assertLost(1, two);
        }
      }
      if (ended == 0) {
        assertLost(0, two);
      }
    }
  }

  private static CompletableFuture<RankConnections> meeting(Path file, int rank, int size) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return RankConnections.meet(file, rank, size, 600, () -> false);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void assertLost(int rank, CompletableFuture<RankConnections> waiting) {
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> waiting.get(1, TimeUnit.MINUTES));
    assertTrue(
        e.getCause().getMessage().startsWith("the process of rank %d has ended".formatted(rank)),
        e.toString());
  }

  @Test
  void processesThatDoNotAgreeOnTheirNumberDoNotMeet() throws IOException {
    new Rendezvous("token", 3, 1, List.of("127.0.0.1")).write(folder.resolve("meeting"));
    IOException e =
        assertThrows(
            IOException.class,
            () -> RankConnections.meet(folder.resolve("meeting"), 1, 2, 5, () -> false).close());
    assertEquals(
        "rank 0 expects 3 processes, but this one expects 2; start all with the same --world-size",
        e.getMessage());
  }
}
