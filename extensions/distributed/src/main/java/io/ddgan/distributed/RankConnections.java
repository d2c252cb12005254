package io.ddgan.distributed;

import io.ddgan.api.ProcessGroup.LostException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
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
 * Fully connected processes. They find each other through a file in a shared folder, which holds a
 * token that every connection must present. The connections are not encrypted.
 */
final class RankConnections implements AutoCloseable {

  /** Milliseconds between checks whether to stop. */
  private static final int POLL = 200;

  /** Milliseconds in which a new connection must identify itself; all others wait meanwhile. */
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

  private RankConnections(int rank, int size, long seconds, BooleanSupplier stop)
      throws IOException {
    this.rank = rank;
    this.size = size;
    this.end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    this.stop = stop;
    server.setSoTimeout(POLL);
  }

  /**
   * Connects to the other processes. Waits until all have joined.
   *
   * @param file the rendezvous file, written by rank 0 and read by the others
   * @param seconds timeout
   * @param stop polled while waiting; true stops it
   * @throws IOException on a timeout, if stopped, or if the processes disagree on their number
   * @throws LostException if a process has joined and ended
   */
  static RankConnections meet(Path file, int rank, int size, long seconds, BooleanSupplier stop)
      throws IOException {
    RankConnections all = new RankConnections(rank, size, seconds, stop);
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
    Rendezvous rendezvous = Rendezvous.here(size, server.getLocalPort());
    rendezvous.write(file);
    try {
      List<String> table = new ArrayList<>();
      while (peers.size() < size - 1) {
        accept(rendezvous.token()).ifPresent(table::add);
      }
      for (Map.Entry<Integer, Peer> each : peers.entrySet()) {
        try {
          each.getValue().out().writeBoolean(true);
          each.getValue().out().writeUTF(String.join("\n", table));
          each.getValue().out().flush();
        } catch (IOException e) {
          throw new LostException(each.getKey());
        }
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Accepts the next connection, if it comes from another process of the group.
   *
   * @return its rank, address and listening port; empty if there was no valid connection
   */
  private Optional<String> accept(String token) throws IOException {
    Socket socket;
    try {
      socket = server.accept();
    } catch (SocketTimeoutException e) {
      requireTime(
          "only %d of %d processes have joined; start one for each rank from 0 to %d, all with the same run"
              .formatted(peers.size() + 1, size, size - 1));
      return Optional.empty();
    }
    try {
      socket.setSoTimeout(HELLO);
      Peer joining = new Peer(socket);
      String shown = joining.in().readUTF();
      int other = joining.in().readInt();
      int port = joining.in().readInt();
      if (shown.equals(token) && other != rank && !peers.containsKey(other)) {
        joining.out().writeBoolean(true);
        joining.out().flush();
        socket.setSoTimeout(0);
        peers.put(other, joining);
        return Optional.of(
            "%d %s %d".formatted(other, socket.getInetAddress().getHostAddress(), port));
      }
    } catch (IOException e) {
      // not a process of the group
    }
    socket.close();
    return Optional.empty();
  }

  private void requireTime(String problem) throws IOException {
    if (stop.getAsBoolean()) {
      throw new IOException("stopped before all processes had joined");
    }
    if (System.nanoTime() > end) {
      throw new IOException(problem);
    }
    peers.forEach((other, peer) -> peer.requireAlive(other));
  }

  private void join(Path file) throws IOException {
    Optional<String> table = Optional.empty();
    String token = "";
    while (table.isEmpty()) {
      requireTime();
      Optional<Rendezvous> rendezvous = Rendezvous.read(file);
      if (rendezvous.isPresent()) {
        if (rendezvous.get().size() != size) {
          throw new IOException(
              "rank 0 expects %d processes, but this one expects %d; start all with the same --world-size"
                  .formatted(rendezvous.get().size(), size));
        }
        token = rendezvous.get().token();
        table = visit(rendezvous.get());
      }
      if (table.isEmpty()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL));
      }
    }
    for (String line : table.get().lines().toList()) {
      String[] words = line.split(" ", -1);
      int other = Integer.parseInt(words[0]);
      if (other < rank) {
        try {
          peers.put(other, connect(words[1], Integer.parseInt(words[2]), token));
        } catch (NoRouteToHostException | SocketTimeoutException e) {
          throw new IOException("cannot connect to rank %d at %s".formatted(other, words[1]), e);
        } catch (IOException e) { // its machine answers, but it does not
          throw new LostException(other);
        }
      }
    }
    while (peers.size() < size - 1) {
      accept(token);
    }
  }

  private void requireTime() throws IOException {
    requireTime(
        "rank %d had no answer from rank 0 in time; start each rank from 0 to %d once, all with the same run"
            .formatted(rank, size - 1));
  }

  /**
   * Tries all addresses of rank 0, and waits there until all processes have joined.
   *
   * @return the addresses of the others; empty if rank 0 cannot be reached
   */
  private Optional<String> visit(Rendezvous rendezvous) throws IOException {
    for (String host : rendezvous.hosts()) {
      try {
        peers.put(0, connect(host, rendezvous.port(), rendezvous.token()));
        break;
      } catch (IOException e) {
        // it is at another address, or has ended and left the file
      }
    }
    return peers.isEmpty() ? Optional.empty() : Optional.of(table(peers.get(0)));
  }

  private String table(Peer zero) throws IOException {
    while (true) {
      requireTime();
      try {
        zero.socket().setSoTimeout(POLL);
        zero.in().readBoolean();
        zero.socket().setSoTimeout(0);
        return zero.in().readUTF();
      } catch (SocketTimeoutException e) {
        // some have not joined yet
      } catch (IOException e) {
        throw new LostException(0);
      }
    }
  }

  /**
   * Connects and identifies this process.
   *
   * @throws IOException if the other side cannot be reached or does not accept it
   */
  private Peer connect(String host, int port, String token) throws IOException {
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
      return peer;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  int rank() {
    return rank;
  }

  int size() {
    return size;
  }

  /**
   * Sends one message to each process and receives one from each (all-to-all).
   *
   * @param parts the messages by rank; the one for this process is only returned
   * @return the received messages by rank
   * @throws LostException if a process has ended
   */
  List<byte[]> exchange(List<byte[]> parts) {
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    // Separate threads avoid a deadlock: the others may receive only after they have sent.
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
