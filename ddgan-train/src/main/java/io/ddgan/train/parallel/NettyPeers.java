package io.ddgan.train.parallel;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Processes with a connection between any two of them, over TCP by Netty. They meet by a file in a
 * folder that all see; what is sent is not encrypted, and only who can read that file is let in.
 */
public final class NettyPeers implements Peers {

  private static final int MILLISECONDS_BETWEEN_TRIES = 200;

  /** How long one that has connected may not say who it is, while all others wait. */
  private static final long MILLISECONDS_FOR_HELLO = 3_000;

  private static final long MILLISECONDS_FOR_WELCOME = 30_000;
  private static final String WELCOME = "welcome";

  private final int rank;
  private final int count;
  private final BooleanSupplier stop;
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("peers", true), NioIoHandler.newFactory());
  private final BlockingQueue<Connection> arrivals = new LinkedBlockingQueue<>();
  private final Map<Integer, Connection> connections = new TreeMap<>();
  private final int port;

  private NettyPeers(int rank, int count, BooleanSupplier stop) throws IOException {
    this.rank = rank;
    this.count = count;
    this.stop = stop;
    try {
      Channel server =
          new ServerBootstrap()
              .group(group)
              .channel(NioServerSocketChannel.class)
              .childHandler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      Connection connection = new Connection();
                      channel.pipeline().addLast(connection);
                      arrivals.add(connection);
                    }
                  })
              .bind(0)
              .syncUninterruptibly()
              .channel();
      this.port = ((InetSocketAddress) server.localAddress()).getPort();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Meets the other processes. Waits until all are there.
   *
   * @param file what the process of rank 0 writes and the others read
   * @param rank the number of this process, from 0
   * @param count how many they are, at least 2
   * @param seconds how long it waits
   * @param stop asked meanwhile; true ends the waiting
   * @throws IOException if they do not meet in time, or before this one is stopped, or do not agree
   *     on how many they are
   */
  public static Peers meet(Path file, int rank, int count, long seconds, BooleanSupplier stop)
      throws IOException {
    NettyPeers peers = new NettyPeers(rank, count, stop);
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      if (rank == 0) {
        peers.gather(file, end);
      } else {
        peers.come(file, end);
      }
      return peers;
    } catch (IOException | RuntimeException e) {
      peers.close();
      throw e;
    }
  }

  private void gather(Path file, long end) throws IOException {
    String token = UUID.randomUUID().toString();
    new Meeting(token, count, Meeting.ownHosts(), port).write(file);
    try {
      Map<Integer, Integer> ports = new TreeMap<>();
      while (connections.size() < count - 1) {
        welcome(token, end).ifPresent(hello -> ports.put(hello.rank(), hello.port()));
      }
      StringBuilder table = new StringBuilder();
      connections.forEach(
          (other, connection) ->
              table.append("%d %s %d%n".formatted(other, connection.host(), ports.get(other))));
      connections.values().forEach(each -> each.send(text(table.toString())));
      connections.values().forEach(Connection::awaitSent);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Who has come, and where it listens. */
  private record Hello(String token, int rank, int port) {

    ByteBuffer bytes() {
      return text("%s %d %d".formatted(token, rank, port));
    }

    static Optional<Hello> of(ByteBuffer bytes) {
      String[] words = text(bytes).split(" ", -1);
      return words.length == 3 && words[1].matches("\\d{1,6}") && words[2].matches("\\d{1,5}")
          ? Optional.of(new Hello(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2])))
          : Optional.empty();
    }
  }

  /** Lets in the next that comes, if it is one of the others. */
  private Optional<Hello> welcome(String token, long end) throws IOException {
    Connection arrival = next(end);
    Optional<Hello> hello =
        arrival
            .receive(MILLISECONDS_FOR_HELLO)
            .flatMap(Hello::of)
            .filter(h -> h.token().equals(token) && h.rank() < count && h.rank() != rank)
            .filter(h -> !connections.containsKey(h.rank()));
    if (hello.isPresent()) {
      connections.put(hello.get().rank(), arrival);
      arrival.trust().send(text(WELCOME));
      arrival.awaitSent();
    } else {
      arrival.close();
    }
    return hello;
  }

  private Connection next(long end) throws IOException {
    try {
      while (System.nanoTime() < end) {
        requireNotStopped();
        Connection arrival = arrivals.poll(MILLISECONDS_BETWEEN_TRIES, TimeUnit.MILLISECONDS);
        if (arrival != null) {
          return arrival;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    throw new IOException(
        "only %d of %d processes have come; start one for each rank from 0 to %d, all with the same run"
            .formatted(connections.size() + 1, count, count - 1));
  }

  private void requireNotStopped() throws IOException {
    if (stop.getAsBoolean()) {
      throw new IOException("stopped before all processes had come");
    }
  }

  private void come(Path file, long end) throws IOException {
    Optional<ByteBuffer> table = Optional.empty();
    String token = "";
    while (table.isEmpty()) {
      requireNotStopped();
      if (System.nanoTime() > end) {
        throw new IOException(
            "the process of rank 0 has not come, or has not let this one of rank %d in; start one for each rank from 0 to %d, all with the same run"
                .formatted(rank, count - 1));
      }
      Optional<Meeting> meeting = Meeting.read(file);
      if (meeting.isPresent()) {
        if (meeting.get().processes() != count) {
          throw new IOException(
              "the process of rank 0 trains with %d processes, and this one is of %d"
                  .formatted(meeting.get().processes(), count));
        }
        token = meeting.get().token();
        table = visit(meeting.get(), end);
      }
      if (table.isEmpty()) {
        pause();
      }
    }
    for (String line : text(table.get()).lines().toList()) {
      String[] words = line.split(" ", -1);
      int other = Integer.parseInt(words[0]);
      if (other < rank) {
        Connection connection =
            knock(words[1], Integer.parseInt(words[2]), token)
                .orElseThrow(
                    () ->
                        new IOException(
                            "the process of rank %d cannot be reached at %s"
                                .formatted(other, words[1])));
        connections.put(other, connection);
      }
    }
    while (connections.size() < count - 1) {
      welcome(token, end);
    }
  }

  /** Tries all addresses of rank 0, and waits there until all have come. */
  private Optional<ByteBuffer> visit(Meeting meeting, long end) throws IOException {
    for (String host : meeting.hosts()) {
      Optional<Connection> connection = knock(host, meeting.port(), meeting.token());
      if (connection.isPresent()) {
        Optional<ByteBuffer> table = table(connection.get(), end);
        if (table.isPresent()) {
          connections.put(0, connection.get());
          return table;
        }
        connection.get().close();
      }
    }
    return Optional.empty();
  }

  /** What rank 0 says when all have come; empty if it has gone. */
  private Optional<ByteBuffer> table(Connection zero, long end) throws IOException {
    Optional<ByteBuffer> table = Optional.empty();
    while (table.isEmpty() && !zero.isOver() && System.nanoTime() < end) {
      requireNotStopped();
      table = zero.receive(MILLISECONDS_BETWEEN_TRIES);
    }
    return table;
  }

  /** Says who this is; empty if nobody is there, or one who does not know of the meeting. */
  private Optional<Connection> knock(String host, int where, String token) throws IOException {
    if (where == port && Meeting.ownHosts().contains(host)) { // an earlier one's, its own by now
      return Optional.empty();
    }
    Optional<Connection> connection = connect(host, where);
    connection.ifPresent(each -> each.send(new Hello(token, rank, port).bytes()));
    if (connection.flatMap(each -> each.receive(MILLISECONDS_FOR_WELCOME)).isEmpty()) {
      connection.ifPresent(Connection::close);
      return Optional.empty();
    }
    return connection;
  }

  private Optional<Connection> connect(String host, int where) {
    Connection connection = new Connection().trust(); // whom this process has chosen itself
    var connected =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(connection);
                  }
                })
            .connect(host, where)
            .awaitUninterruptibly();
    return connected.isSuccess() ? Optional.of(connection) : Optional.empty();
  }

  private static void pause() {
    try {
      Thread.sleep(MILLISECONDS_BETWEEN_TRIES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private static ByteBuffer text(String text) {
    return StandardCharsets.UTF_8.encode(text);
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public List<ByteBuffer> exchange(List<ByteBuffer> parts) {
    connections.forEach((other, connection) -> connection.send(parts.get(other)));
    List<ByteBuffer> all = new ArrayList<>();
    for (int each = 0; each < count; each++) {
      int other = each;
      all.add(
          other == rank
              ? parts.get(rank).duplicate()
              : connections.get(other).receive().orElseThrow(() -> new PeerLostException(other)));
    }
    connections.values().forEach(Connection::awaitSent);
    return all;
  }

  @Override
  public void close() {
    connections.values().forEach(Connection::close);
    Future<?> ended = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    ended.awaitUninterruptibly();
  }
}
