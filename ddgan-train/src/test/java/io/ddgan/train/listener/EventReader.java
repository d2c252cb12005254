package io.ddgan.train.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.UnknownFieldSet;
import org.tensorflow.framework.Summary;

/** Reads event files as TensorBoard's server does, and verifies every checksum. */
final class EventReader {

  private EventReader() {}

  /**
   * An event.
   *
   * @param wallTime seconds since 1970
   */
  record Event(
      double wallTime,
      long step,
      Optional<String> version,
      Optional<Summary> summary,
      boolean isStart) {}

  /** A displayed value. */
  record Shown(String tag, long step, Summary.Value value) {}

  /** Returns the event files of a folder in the order of reading. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().contains("tfevents")).sorted().toList();
    }
  }

  /**
   * Returns the displayed values of a folder: a start after the first drops its step and later
   * ones.
   */
  static List<Shown> shown(Path folder) throws IOException {
    List<Shown> shown = new ArrayList<>();
    boolean hasStarted = false;
    for (Path file : files(folder)) {
      for (Event event : events(file)) {
        if (event.isStart() && hasStarted) {
          shown.removeIf(earlier -> earlier.step() >= event.step());
        }
        hasStarted |= event.isStart();
        event.summary().stream()
            .flatMap(summary -> summary.getValueList().stream())
            .forEach(value -> shown.add(new Shown(value.getTag(), event.step(), value)));
      }
    }
    return shown;
  }

  /** Returns all events of a file, which must end after an event. */
  static List<Event> events(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      assertEquals(maskedCrc(length), bytes.getInt());
      byte[] data =
          new byte
              [Math.toIntExact(ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong())];
      bytes.get(data);
      assertEquals(maskedCrc(data), bytes.getInt());
      events.add(event(data));
    }
    return events;
  }

  private static Event event(byte[] message) throws IOException {
    UnknownFieldSet fields = UnknownFieldSet.parseFrom(message);
    Optional<Summary> summary = Optional.empty();
    if (fields.hasField(5)) {
      summary = Optional.of(Summary.parseFrom(bytes(fields, 5)));
    }
    return new Event(
        Double.longBitsToDouble(fields.getField(1).getFixed64List().get(0)),
        fields.getField(2).getVarintList().stream().findFirst().orElse(0L),
        fields.hasField(3)
            ? Optional.of(bytes(fields, 3).toString(StandardCharsets.UTF_8))
            : Optional.empty(),
        summary,
        fields.hasField(7)
            && UnknownFieldSet.parseFrom(bytes(fields, 7))
                .getField(1)
                .getVarintList()
                .equals(List.of(1L)));
  }

  private static ByteString bytes(UnknownFieldSet fields, int number) {
    return fields.getField(number).getLengthDelimitedList().get(0);
  }

  /** Returns the checksum of TFRecord: CRC-32C, rotated by 15 bits, plus a constant. */
  static int maskedCrc(byte[] bytes) {
    CRC32C castagnoli = new CRC32C();
    castagnoli.update(bytes);
    int crc = (int) castagnoli.getValue();
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }
}
