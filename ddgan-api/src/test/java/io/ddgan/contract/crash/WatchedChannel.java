package io.ddgan.contract.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file written in halves, which notifies an observer before, between and after them. */
final class WatchedChannel extends FileChannel {

  private final FileChannel file;
  private final Runnable watcher;

  WatchedChannel(FileChannel file, Runnable watcher) {
    this.file = file;
    this.watcher = watcher;
  }

  private interface Writer {
    int write(ByteBuffer bytes, int before) throws IOException;
  }

  private int byHalves(ByteBuffer bytes, Writer writer) throws IOException {
    int written = 0;
    int half = bytes.remaining() / 2;
    for (int count : new int[] {half, bytes.remaining() - half}) {
      watcher.run();
      ByteBuffer some = bytes.slice(bytes.position(), count);
      written += writer.write(some, written);
      bytes.position(bytes.position() + some.position());
    }
    watcher.run();
    return written;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return byHalves(bytes, (some, before) -> file.write(some));
  }

  @Override
  public int write(ByteBuffer bytes, long position) throws IOException {
    return byHalves(bytes, (some, before) -> file.write(some, position + before));
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
    long written = 0;
    for (int i = offset; i < offset + length; i++) {
      written += write(buffers[i]);
    }
    return written;
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    watcher.run();
    file.truncate(size);
    watcher.run();
    return this;
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    return file.read(bytes);
  }

  @Override
  public int read(ByteBuffer bytes, long position) throws IOException {
    return file.read(bytes, position);
  }

  @Override
  public long read(ByteBuffer[] buffers, int offset, int length) throws IOException {
    return file.read(buffers, offset, length);
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    file.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public void force(boolean metadata) throws IOException {
    file.force(metadata);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return file.transferTo(position, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    return file.transferFrom(source, position, count);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return file.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return file.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return file.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }
}
