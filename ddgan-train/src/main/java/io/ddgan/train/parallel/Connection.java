package io.ddgan.train.parallel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Messages to and from one other process. Each is sent as its length and its bytes; each is taken
 * out in the order in which it came.
 */
final class Connection extends ChannelInboundHandlerAdapter {

  /** Bytes of a message of one who may not belong here. */
  private static final int SHORT = 1024;

  private final BlockingQueue<Optional<ByteBuffer>> messages = new LinkedBlockingQueue<>();
  private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
  private Optional<ByteBuffer> body = Optional.empty();
  private volatile Optional<Channel> channel = Optional.empty();
  private volatile boolean isTrusted;
  private Optional<Future<?>> sent = Optional.empty();

  /** Takes long messages from now on, of which it made room for none before. */
  Connection trust() {
    isTrusted = true;
    return this;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = Optional.of(context.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      while (bytes.isReadable()) {
        read(context, bytes);
      }
    } finally {
      bytes.release();
    }
  }

  private void read(ChannelHandlerContext context, ByteBuf bytes) {
    if (body.isEmpty()) {
      fill(length, bytes);
      if (length.hasRemaining()) {
        return;
      }
      int size = length.flip().getInt();
      length.clear();
      if (size < 0 || (size > SHORT && !isTrusted)) {
        bytes.skipBytes(bytes.readableBytes());
        end(context.channel());
        return;
      }
      body = Optional.of(ByteBuffer.allocate(size));
    }
    ByteBuffer whole = body.get();
    fill(whole, bytes);
    if (!whole.hasRemaining()) {
      messages.add(Optional.of(whole.flip()));
      body = Optional.empty();
    }
  }

  private static void fill(ByteBuffer target, ByteBuf bytes) {
    int count = Math.min(target.remaining(), bytes.readableBytes());
    ByteBuffer part = target.duplicate().limit(target.position() + count);
    bytes.readBytes(part);
    target.position(target.position() + count);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    messages.add(Optional.empty());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(context.channel()); // which channelInactive tells whoever waits
  }

  /** Begins to send a message, whose bytes must not be changed any more. */
  void send(ByteBuffer message) {
    ByteBuffer header = ByteBuffer.allocate(Integer.BYTES).putInt(message.remaining()).flip();
    Channel open = channel.orElseThrow();
    sent = Optional.of(open.writeAndFlush(Unpooled.wrappedBuffer(header, message.duplicate())));
  }

  /** Waits until all messages have left, or cannot: an event loop that ends drops the others. */
  void awaitSent() {
    sent.ifPresent(Future::awaitUninterruptibly);
  }

  /** The next message, for which it waits; empty if the other end has closed. */
  Optional<ByteBuffer> receive() {
    try {
      return last(messages.take());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** The next message; empty if it does not come in time, or the other end has closed. */
  Optional<ByteBuffer> receive(long milliseconds) {
    try {
      return Optional.ofNullable(messages.poll(milliseconds, TimeUnit.MILLISECONDS))
          .flatMap(this::last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** Whether the other end has closed, and nothing of what it has sent is left. */
  boolean isOver() {
    return Optional.ofNullable(messages.peek()).filter(Optional::isEmpty).isPresent();
  }

  /** That there is nothing more stays so. */
  private Optional<ByteBuffer> last(Optional<ByteBuffer> message) {
    if (message.isEmpty()) {
      messages.add(message);
    }
    return message;
  }

  /** Where the other end is. */
  String host() {
    return ((InetSocketAddress) channel.orElseThrow().remoteAddress())
        .getAddress()
        .getHostAddress();
  }

  void close() {
    channel.ifPresent(Connection::end);
  }

  private static void end(Channel open) {
    Future<?> closed = open.close();
    closed.addListener(done -> {}); // nobody waits for it
  }
}
