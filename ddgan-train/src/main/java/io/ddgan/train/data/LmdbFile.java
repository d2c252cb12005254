package io.ddgan.train.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The main database of an LMDB file, as 64-bit, little-endian machines write it: a tree of pages of
 * which the leaves hold keys with small values, or with the pages where large ones lie. LMDB itself
 * believes what a file says, and a damaged one ends the process; here every number is compared with
 * the file first.
 */
final class LmdbFile implements AutoCloseable {

  private static final int MAGIC = 0xBEEFC0DE;
  private static final int VERSION = 1;
  private static final int HEADER = 16;
  private static final int SMALLEST_PAGE = 256;
  private static final int LARGEST_PAGE = 1 << 16;
  private static final int DEEPEST = 32;

  /** Bytes of a meta page up to the end of its transaction's number. */
  private static final int META = 152;

  private static final int BRANCH = 1;
  private static final int LEAF = 2;
  private static final int OVERFLOW = 4;

  /** Bytes of a node before its key. */
  private static final int NODE = 8;

  private static final int IS_LARGE = 1;

  private final DataFile file;
  private final int pageSize;
  private final long pages;
  private final List<Entry> entries = new ArrayList<>();
  private final BitSet visited = new BitSet();

  /**
   * A key and where its value lies.
   *
   * @param position the value's first byte in the file
   * @param length bytes of the value
   */
  @SuppressWarnings("ArrayRecordComponent") // one of millions, which nobody compares
  record Entry(byte[] key, long position, int length) {}

  private LmdbFile(DataFile file, int pageSize) {
    this.file = file;
    this.pageSize = pageSize;
    this.pages = file.size() / pageSize;
  }

  /**
   * Opens a file and finds all its entries.
   *
   * @throws IOException if it is not such a file, or damaged; the message names it
   */
  static LmdbFile open(Path path) throws IOException {
    DataFile file = DataFile.open(path);
    try {
      if (file.size() < META) {
        throw damaged(file, "it is only %d bytes long".formatted(file.size()));
      }
      ByteBuffer first = meta(file, 0);
      int pageSize = first.getInt(40);
      if (pageSize < SMALLEST_PAGE
          || pageSize > LARGEST_PAGE
          || Integer.bitCount(pageSize) != 1
          || file.size() < 2L * pageSize) {
        throw damaged(file, "its pages cannot have %d bytes".formatted(pageSize));
      }
      ByteBuffer second = meta(file, pageSize);
      LmdbFile database = new LmdbFile(file, pageSize);
      database.read(first.getLong(144) > second.getLong(144) ? first : second);
      return database;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static ByteBuffer meta(DataFile file, long position) throws IOException {
    ByteBuffer meta = bytes(file, position, META);
    if (meta.getInt(HEADER) != MAGIC || meta.getInt(20) != VERSION) {
      throw damaged(file, "it has no header of version %d".formatted(VERSION));
    }
    return meta;
  }

  private void read(ByteBuffer meta) throws IOException {
    int flags = Short.toUnsignedInt(meta.getShort(92));
    long root = meta.getLong(128);
    long last = meta.getLong(136);
    if (last < 1 || last >= pages) {
      throw new IOException(file.name() + " is truncated; fetch it again");
    }
    if (flags != 0) {
      throw damaged(file, "its keys or values are of a kind that pictures do not have");
    }
    boolean isEmpty = root == -1;
    if (!isEmpty) {
      visit(root, 1);
    }
  }

  /** Adds what is in a page and below it, in the order of the keys. */
  private void visit(long number, int depth) throws IOException {
    ByteBuffer page = page(number);
    if (depth > DEEPEST || visited.get((int) number)) {
      throw damaged(file, "its page %d lies below itself".formatted(number));
    }
    visited.set((int) number);
    int flags = page.getShort(10) & (BRANCH | LEAF | OVERFLOW);
    int lower = Short.toUnsignedInt(page.getShort(12));
    if ((flags != BRANCH && flags != LEAF) || lower < HEADER || lower > pageSize) {
      throw damaged(number);
    }
    for (int pointer = HEADER; pointer + Short.BYTES <= lower; pointer += Short.BYTES) {
      int node = Short.toUnsignedInt(page.getShort(pointer));
      if (node < lower || node > pageSize - NODE) {
        throw damaged(number);
      }
      if (flags == BRANCH) {
        visit(page.getLong(node) & 0xFFFF_FFFF_FFFFL, depth + 1);
      } else {
        entries.add(entry(page, number, node));
      }
    }
  }

  private Entry entry(ByteBuffer page, long number, int node) throws IOException {
    int length = page.getInt(node);
    boolean isLarge = (page.getShort(node + 4) & IS_LARGE) != 0;
    int data = node + NODE + Short.toUnsignedInt(page.getShort(node + 6));
    int inline = isLarge ? Long.BYTES : length;
    if (length < 0 || inline > pageSize - data) {
      throw damaged(number);
    }
    byte[] key = new byte[data - node - NODE];
    page.get(node + NODE, key);
    return new Entry(
        key, isLarge ? large(page.getLong(data), length) : number * pageSize + data, length);
  }

  /** Where a value lies that has pages of its own. */
  private long large(long number, int length) throws IOException {
    ByteBuffer page = page(number);
    long count = Integer.toUnsignedLong(page.getInt(12));
    boolean fits = count <= pages - number && length <= count * pageSize - HEADER;
    if ((page.getShort(10) & OVERFLOW) == 0 || !fits) {
      throw damaged(number);
    }
    return number * pageSize + HEADER;
  }

  private ByteBuffer page(long number) throws IOException {
    if (number < 2 || number >= Math.min(pages, Integer.MAX_VALUE)) {
      throw damaged(file, "it has no page %d".formatted(number));
    }
    ByteBuffer page = bytes(file, number * pageSize, pageSize);
    if (page.getLong(0) != number) {
      throw damaged(number);
    }
    return page;
  }

  private static ByteBuffer bytes(DataFile file, long position, int count) throws IOException {
    byte[] bytes = new byte[count];
    file.read(position, bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private IOException damaged(long page) {
    return damaged(file, "its page %d makes no sense".formatted(page));
  }

  private static IOException damaged(DataFile file, String why) {
    return new IOException(
        "%s is not an intact LMDB database (%s); fetch it again".formatted(file.name(), why));
  }

  /** All entries in the order of their keys. */
  List<Entry> entries() {
    return entries;
  }

  /** An entry's value. */
  byte[] value(Entry entry) throws IOException {
    byte[] value = new byte[entry.length];
    file.read(entry.position, value);
    return value;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
