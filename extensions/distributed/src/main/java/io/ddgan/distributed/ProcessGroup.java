package io.ddgan.distributed;

import io.ddgan.api.GradientExchange.LostException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Processes with a connection between any two of them. They meet by a file in a folder that all
 * see; what is sent is not encrypted, and only who can read that file is let in.
 */
final class ProcessGroup implements AutoCloseable {

  /** Milliseconds between two looks at whether to stop. */
  private static final int BETWEEN_LOOKS = 200;

  /** Milliseconds in which one that has connected must say who it is, while all others wait. */
  private static final int HELLO = 3_000;

  private static final int CONNECT = 5_000;
  private static final int WELCOME = 30_000;

  private final int rank;
  private final int size;
  private final long end;
  private final BooleanSupplier stop;
  private final ServerSocket server = new ServerSocket(0);
  private final Map<Integer, Peer> peers = new TreeMap<>();
  private final ExecutorService senders =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "peers");
            thread.setDaemon(true);
            return thread;
          });

  private ProcessGroup(int rank, int size, long seconds, BooleanSupplier stop) throws IOException {
    this.rank = rank;
    this.size = size;
    this.end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    this.stop = stop;
    server.setSoTimeout(BETWEEN_LOOKS);
  }

  /**
   * Meets the other processes. Waits until all are there.
   *
   * @param file what the process of rank 0 writes and the others read
   * @param seconds how long it waits
   * @param stop asked meanwhile; true ends the waiting
   * @throws IOException if they do not meet in time, or before this one is stopped, or do not agree
   *     on how many they are
   */
  static ProcessGroup meet(Path file, int rank, int size, long seconds, BooleanSupplier stop)
      throws IOException {
    ProcessGroup all = new ProcessGroup(rank, size, seconds, stop);
    try {
      if (rank == 0) {
        all.host(file);
      } else {
        all.join(file);
      }
      all.server.close();
      return all;
    } catch (IOException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  private void host(Path file) throws IOException {
    Rendezvous meeting = Rendezvous.here(size, server.getLocalPort());
    meeting.write(file);
    try {
      List<String> table = new ArrayList<>();
      while (peers.size() < size - 1) {
        accept(meeting.token()).ifPresent(table::add);
      }
      for (Peer peer : peers.values()) {
        peer.out().writeBoolean(true);
        peer.out().writeUTF(String.join("\n", table));
        peer.out().flush();
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Lets in the next that comes, if it is one of the others.
   *
   * @return its rank, its address, and the port where it listens; empty if nobody came for a moment
   */
  private Optional<String> accept(String token) throws IOException {
    Socket socket;
    try {
      socket = server.accept();
    } catch (SocketTimeoutException e) {
      requireTime(
          "only %d of %d processes have come; start one for each rank from 0 to %d, all with the same run"
              .formatted(peers.size() + 1, size, size - 1));
      return Optional.empty();
    }
    try {
      socket.setSoTimeout(HELLO);
      Peer arrival = new Peer(socket);
      String shown = arrival.in().readUTF();
      int other = arrival.in().readInt();
      int port = arrival.in().readInt();
      if (shown.equals(token) && other != rank && !peers.containsKey(other)) {
        arrival.out().writeBoolean(true);
        arrival.out().flush();
        socket.setSoTimeout(0);
        peers.put(other, arrival);
        return Optional.of(
            "%d %s %d".formatted(other, socket.getInetAddress().getHostAddress(), port));
      }
    } catch (IOException e) {
      // not one of the others
    }
    socket.close();
    return Optional.empty();
  }

  private void requireTime(String problem) throws IOException {
    if (stop.getAsBoolean()) {
      throw new IOException("stopped before all processes had come");
    }
    if (System.nanoTime() > end) {
      throw new IOException(problem);
    }
  }

  private void join(Path file) throws IOException {
    Optional<String> table = Optional.empty();
    String token = "";
    while (table.isEmpty()) {
      requireTime();
      Optional<Rendezvous> meeting = Rendezvous.read(file);
      if (meeting.isPresent()) {
        if (meeting.get().size() != size) {
          throw new IOException(
              "the process of rank 0 trains with %d processes, and this one is of %d"
                  .formatted(meeting.get().size(), size));
        }
        token = meeting.get().token();
        table = visit(meeting.get());
      }
      if (table.isEmpty()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BETWEEN_LOOKS));
      }
    }
    for (String line : table.get().lines().toList()) {
      String[] words = line.split(" ", -1);
      int other = Integer.parseInt(words[0]);
      if (other < rank) {
        peers.put(
            other,
            connect(words[1], Integer.parseInt(words[2]), token)
                .orElseThrow(
                    () ->
                        new IOException(
                            "the process of rank %d cannot be reached at %s"
                                .formatted(other, words[1]))));
      }
    }
    while (peers.size() < size - 1) {
      accept(token);
    }
  }

  private void requireTime() throws IOException {
    requireTime(
        "the process of rank 0 has not come, or has not let this one of rank %d in; start one for each rank from 0 to %d, all with the same run"
            .formatted(rank, size - 1));
  }

  /**
   * Tries all addresses of rank 0, and waits there until all have come.
   *
   * @return where the others listen; empty if rank 0 is not there any more
   */
  private Optional<String> visit(Rendezvous meeting) throws IOException {
    for (String host : meeting.hosts()) {
      Optional<Peer> zero = connect(host, meeting.port(), meeting.token());
      if (zero.isPresent()) {
        Optional<String> table = table(zero.get());
        if (table.isPresent()) {
          peers.put(0, zero.get());
          return table;
        }
        zero.get().close();
      }
    }
    return Optional.empty();
  }

  private Optional<String> table(Peer zero) throws IOException {
    while (true) {
      requireTime();
      try {
        zero.socket().setSoTimeout(BETWEEN_LOOKS);
        zero.in().readBoolean();
        zero.socket().setSoTimeout(0);
        return Optional.of(zero.in().readUTF());
      } catch (SocketTimeoutException e) {
        // not all have come yet
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }

  /** Says who this is; empty if nobody is there, or one who does not know of the meeting. */
  private Optional<Peer> connect(String host, int port, String token) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), CONNECT);
      socket.setSoTimeout(WELCOME);
      Peer peer = new Peer(socket);
      peer.out().writeUTF(token);
      peer.out().writeInt(rank);
      peer.out().writeInt(server.getLocalPort());
      peer.out().flush();
      peer.in().readBoolean();
      socket.setSoTimeout(0);
      return Optional.of(peer);
    } catch (IOException e) {
      socket.close();
      return Optional.empty();
    }
  }

  int rank() {
    return rank;
  }

  int size() {
    return size;
  }

  /**
   * Gives each process something, and takes what each has for this one.
   *
   * @param parts what each is given, in the order of the ranks; the one for this process itself is
   *     only handed back
   * @return what each gave, in the same order
   * @throws LostException if one of them has ended
   */
  List<byte[]> exchange(List<byte[]> parts) {
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    // By threads: the others may receive only when they have sent as much themselves.
    peers.forEach(
        (other, peer) ->
            sent.add(
                CompletableFuture.runAsync(() -> peer.send(other, parts.get(other)), senders)));
    List<byte[]> all = new ArrayList<>();
    for (int other = 0; other < size; other++) {
      all.add(other == rank ? parts.get(rank) : peers.get(other).receive(other));
    }
    try {
      sent.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof LostException lost ? lost : e;
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    server.close();
    senders.shutdownNow();
    peers.values().forEach(Peer::close);
  }
}
