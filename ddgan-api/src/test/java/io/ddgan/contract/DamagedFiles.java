package io.ddgan.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.ddgan.api.RefusedException;
import io.ddgan.config.ConfigurationException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Tests readers with damaged files: a truncated or altered file must be refused with a message that
 * names it or a file in the same folder, or be read as valid content. Memory use must be
 * proportional to the size of the file.
 */
public final class DamagedFiles {

  /** Bytes that a reader may use for any file: buffers and tables of decoders. */
  private static final long ALWAYS = 32L << 20;

  private static final long TIMES = 200;

  /** Malicious values of lengths, counts and offsets. */
  private static final byte[][] EXTREMES = {
    {-1, -1, -1, -1, -1, -1, -1, -1},
    {-1, -1, -1, 127},
    {127, -1, -1, -1},
    {0, 0, 0, 0, 0, 0, 0, 0},
    {0, 0, 0, -128},
    {-1, -1},
    {1, 0, 0, 0, 0, 0, 0, 0},
    {'9', '9', '9', '9', '9', '9'},
    {'-', '1'},
    {'(', '[', '{', '"'},
    {'N', 'a', 'N'}
  };

  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getPlatformMXBean(java.lang.management.ThreadMXBean.class);

  private DamagedFiles() {}

  /** Reads a file, and possibly others in its folder. */
  @FunctionalInterface
  public interface Reader {

    /** Reads everything. */
    void read() throws Exception;
  }

  /**
   * Damages a file in many reproducible ways and reads it each time; restores it at the end.
   *
   * @param file an intact file
   * @param count number of ways
   * @param reader reads the file; its messages must contain the path of the file's folder
   */
  public static void check(Path file, int count, Reader reader) throws IOException {
    check(file, count, ALWAYS, reader);
  }

  /**
   * Damages a file whose content is larger than the file.
   *
   * @param most maximum bytes a reader may use, regardless of the file's size
   */
  public static void check(Path file, int count, long most, Reader reader) throws IOException {
    byte[] intact = Files.readAllBytes(file);
    requireReadable(file, reader);
    Random random = new Random(intact.length);
    for (int i = 0; i < count; i++) {
      byte[] damaged = i % 4 == 0 ? cut(intact, random) : change(intact, random);
      replace(file, damaged);
      read(file, damaged, i, most, reader);
    }
    Files.write(file, intact);
    requireReadable(file, reader);
  }

  /** Deletes and writes a file: systems flush files that are truncated and rewritten. */
  public static void replace(Path file, byte[] content) throws IOException {
    Files.deleteIfExists(file);
    Files.write(file, content);
  }

  private static byte[] cut(byte[] intact, Random random) {
    return Arrays.copyOf(intact, random.nextInt(intact.length));
  }

  /** Overwrites bytes in a few places, often at the beginning or the end. */
  private static byte[] change(byte[] intact, Random random) {
    byte[] damaged = intact.clone();
    for (int places = 1 + random.nextInt(4) * random.nextInt(2); places > 0; places--) {
      int near = Math.min(intact.length, 200);
      int place =
          switch (random.nextInt(3)) {
            case 0 -> random.nextInt(near);
            case 1 -> intact.length - 1 - random.nextInt(near);
            default -> random.nextInt(intact.length);
          };
      if (random.nextBoolean()) {
        damaged[place] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      } else {
        byte[] extreme = EXTREMES[random.nextInt(EXTREMES.length)];
        System.arraycopy(
            extreme, 0, damaged, place, Math.min(extreme.length, damaged.length - place));
      }
    }
    return damaged;
  }

  private static void requireReadable(Path file, Reader reader) {
    try {
      reader.read();
    } catch (Exception e) {
      fail(file + " is intact but was refused", e);
    }
  }

  private static void read(Path file, byte[] damaged, int number, long most, Reader reader) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      reader.read();
    } catch (IOException | RefusedException | ConfigurationException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.contains(file.getParent().toString()) || message.contains("Exception")) {
        fail("damage %d of %s: the message names no file: %s".formatted(number, file, message), e);
      }
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      fail("damage %d of %s: unexpected exception %s".formatted(number, file, e), e);
    }
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(
        taken < most + TIMES * damaged.length,
        () ->
            "damage %d of %s: the reader used %,d bytes for %,d"
                .formatted(number, file, taken, damaged.length));
  }
}
