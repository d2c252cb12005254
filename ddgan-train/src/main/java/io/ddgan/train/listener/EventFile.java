package io.ddgan.train.listener;

import io.ddgan.internal.file.FileErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.nd4j.shade.protobuf.CodedOutputStream;
import org.tensorflow.framework.Summary;

/**
 * A TensorBoard event file: messages of type {@code Event} (TensorFlow's {@code event.proto}), each
 * a record of TensorFlow's TFRecord format ({@code record_writer.h}). Events are not buffered.
 */
final class EventFile {

  private static final byte[] VERSION = "brain.Event:2".getBytes(StandardCharsets.US_ASCII);

  /** A message of type {@code SessionLog} with status (field 1) START. */
  private static final byte[] START = {1 << 3, 1};

  /** Field numbers of {@code Event}. */
  private static final int WALL_TIME = 1;

  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;

  private static final double MILLIS = 1000;

  private final Path file;

  private EventFile(Path file) {
    this.file = file;
  }

  /**
   * Creates a file. TensorBoard reads files in the order of their names, which begin with the time,
   * and drops events of earlier files from the given step on.
   *
   * @param step the first step of the events to come, at least 1
   */
  static EventFile create(Path folder, long step) {
    try {
      Instant now = Instant.now();
      String name =
          "events.out.tfevents.%010d.%09d.ddgan".formatted(now.getEpochSecond(), now.getNano());
      EventFile events = new EventFile(folder.resolve(name));
      Files.createFile(events.file);
      events.write(0, FILE_VERSION, VERSION);
      // Needed in the first file, too: TensorBoard honours a START only after an earlier one.
      events.write(step, SESSION_LOG, START);
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.writing(folder, e));
    }
  }

  private static double now() {
    return System.currentTimeMillis() / MILLIS;
  }

  /** Appends an event. */
  void write(long step, Summary summary) {
    write(step, SUMMARY, summary.toByteArray());
  }

  private void write(long step, int field, byte[] content) {
    try {
      Files.write(file, record(event(step, field, content)), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.writing(file, e));
    }
  }

  private static byte[] event(long step, int field, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream event = CodedOutputStream.newInstance(bytes);
    event.writeDouble(WALL_TIME, now());
    event.writeInt64(STEP, step);
    event.writeByteArray(field, content);
    event.flush();
    return bytes.toByteArray();
  }

  /** Returns the length with its checksum and the data with its checksum, all little-endian. */
  private static byte[] record(byte[] data) {
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(checksum(record.array(), Long.BYTES));
    record.put(data);
    record.putInt(checksum(data, data.length));
    return record.array();
  }

  /** Returns TensorFlow's masked CRC-32C ({@code crc32c.h}). */
  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }
}
