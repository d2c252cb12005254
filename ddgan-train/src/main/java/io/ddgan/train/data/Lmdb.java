package io.ddgan.train.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Examples;
import io.ddgan.api.Fingerprint;
import io.ddgan.config.Key;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Printable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Pictures in an LMDB database, in the order of their keys: those of LSUN, which are encoded, and
 * those that NVlabs' scripts write, which are encoded or square arrays of bytes. Of each the short
 * side is resized and the long one cropped in the middle. The keys are kept in memory.
 *
 * @param folder the database: a folder with {@code data.mdb}, or a file
 * @param size height and width of an example in pixels
 * @param flip whether training mirrors half of the images it sees
 */
public record Lmdb(
    @Key("the database: a folder with data.mdb, or a file") Path folder,
    @Key(
            value = "height and width in pixels to which images are resized and cropped",
            min = 1,
            max = Picture.LARGEST)
        int size,
    @Key("whether training mirrors half of the images it sees") boolean flip)
    implements Dataset {

  private static final int CHANNELS = 3;

  @Override
  public Optional<DataShape> shape() {
    return Optional.of(DataShape.image(CHANNELS, size, size));
  }

  @Override
  public Examples open() throws IOException {
    Path file = Files.isDirectory(folder) ? folder.resolve("data.mdb") : folder;
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException(
          file + " does not exist; set data.folder to the folder of an LMDB database");
    }
    Database database =
        new Database(LmdbFile.open(file), file, DataShape.image(CHANNELS, size, size), flip);
    try {
      if (database.size() == 0) {
        throw new IOException(file + " is an LMDB database without pictures");
      }
      database.read(0, new float[database.shape.size()], 0); // a wrong database shows at once
      return database;
    } catch (IOException e) {
      database.close();
      throw e;
    }
  }

  private record Database(LmdbFile pictures, Path file, DataShape shape, boolean mirrored)
      implements Examples {

    @Override
    public int size() {
      return pictures.entries().size();
    }

    @Override
    public void read(int index, float[] out, int offset) throws IOException {
      LmdbFile.Entry entry = pictures.entries().get(index);
      String name = "the entry %s of %s".formatted(key(entry), file);
      picture(pictures.value(entry), name).square(shape.height()).write(CHANNELS, out, offset);
    }

    private static String key(LmdbFile.Entry entry) {
      return Printable.of(new String(entry.key(), ISO_8859_1));
    }

    private static Picture picture(byte[] value, String name) throws IOException {
      Optional<Integer> side = side(value);
      return side.isPresent() && !isEncoded(value)
          ? Picture.raw(value, side.get())
          : Picture.decode(value, name);
    }

    /** The side of a square of so many bytes. */
    private static Optional<Integer> side(byte[] value) {
      int side = (int) Math.round(Math.sqrt(value.length / (double) CHANNELS));
      return side > 0 && side * side * CHANNELS == value.length
          ? Optional.of(side)
          : Optional.empty();
    }

    /** Whether a value begins like a PNG, JPEG or WebP file. */
    private static boolean isEncoded(byte[] value) {
      String start = new String(value, 0, Math.min(value.length, 12), ISO_8859_1);
      return start.startsWith("\u0089PNG\r\n\u001a\n")
          || start.startsWith("\u00ff\u00d8\u00ff")
          || (start.startsWith("RIFF") && start.endsWith("WEBP"));
    }

    /** By the file's path, size and time: to decode all of it can take very long. */
    @Override
    public String fingerprint() throws IOException {
      try {
        return new Fingerprint()
            .add("lmdb")
            .add(shape.toString())
            .add(file.toAbsolutePath().normalize().toString())
            .add(Files.size(file))
            .add(Files.getLastModifiedTime(file).toMillis())
            .hex();
      } catch (IOException e) {
        throw FileErrors.reading(file, e);
      }
    }

    @Override
    public void close() throws IOException {
      pictures.close();
    }
  }
}
