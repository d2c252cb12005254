package io.ddgan.train.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Hasher;
import io.ddgan.api.OpenDataset;
import io.ddgan.config.Key;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.TerminalEscape;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.CursorIterable;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/**
 * Pictures in an LMDB database, sorted by key: encoded files, as in LSUN and databases written by
 * NVlabs' scripts, or square arrays of bytes, as in the latter. Each is resized by its short side
 * and centre-cropped to a square. The keys are kept in memory.
 */
public record Lmdb(
    @Key("LMDB database: a folder with data.mdb, or a file") Path folder,
    @Key(
            value = "height and width in pixels; images are resized and centre-cropped",
            min = 1,
            max = Picture.LARGEST)
        int size,
    @Key("whether to flip training images horizontally with probability 1/2") boolean flip)
    implements Dataset {

  private static final int CHANNELS = 3;

  @Override
  public Optional<DataShape> shape() {
    return Optional.of(DataShape.image(CHANNELS, size, size));
  }

  @Override
  public OpenDataset open() throws IOException {
    Path file = Files.isDirectory(folder) ? folder.resolve("data.mdb") : folder;
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException(
          file + " does not exist; set data.folder to the folder of an LMDB database");
    }
    try {
      return database(file);
    } catch (LmdbException e) {
      throw new IOException(
          "%s is not an intact LMDB database (%s); fetch it again".formatted(file, e.getMessage()),
          e);
    }
  }

  private Database database(Path file) throws IOException {
    Env<byte[]> environment =
        Env.create(ByteArrayProxy.PROXY_BA)
            .setMapSize(Files.size(file))
            .open(
                file.toFile(),
                EnvFlags.MDB_NOSUBDIR,
                EnvFlags.MDB_RDONLY_ENV,
                EnvFlags.MDB_NOLOCK,
                EnvFlags.MDB_NOTLS);
    try {
      long pages = environment.info().lastPageNumber + 1;
      if (Files.size(file) < pages * environment.stat().pageSize) {
        // Reading past the end of the file would crash the process.
        throw new IOException(file + " is truncated; fetch it again");
      }
      Dbi<byte[]> pictures = environment.openDbi((byte[]) null);
      List<byte[]> keys = new ArrayList<>();
      try (Txn<byte[]> transaction = environment.txnRead();
          CursorIterable<byte[]> entries = pictures.iterate(transaction)) {
        entries.forEach(entry -> keys.add(entry.key()));
      }
      if (keys.isEmpty()) {
        throw new IOException(file + " is an LMDB database without pictures");
      }
      Database database =
          new Database(
              environment, pictures, keys, file, DataShape.image(CHANNELS, size, size), flip);
      database.read(0, new float[database.shape.size()], 0); // fails early for a wrong database
      return database;
    } catch (IOException | RuntimeException e) {
      environment.close();
      throw e;
    }
  }

  private record Database(
      Env<byte[]> environment,
      Dbi<byte[]> pictures,
      List<byte[]> keys,
      Path file,
      DataShape shape,
      boolean isMirrorable)
      implements OpenDataset {

    @Override
    public int size() {
      return keys.size();
    }

    @Override
    public void read(int index, float[] out, int offset) throws IOException {
      byte[] key = keys.get(index);
      String shown = TerminalEscape.of(new String(key, ISO_8859_1));
      byte[] value;
      try (Txn<byte[]> transaction = environment.txnRead()) {
        value = pictures.get(transaction, key);
      } catch (LmdbException e) {
        throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
      }
      picture(value, "the entry %s of %s".formatted(shown, file))
          .square(shape.height())
          .write(CHANNELS, out, offset);
    }

    private static Picture picture(byte[] value, String name) throws IOException {
      Optional<Integer> side = side(value);
      return side.isPresent() && !isEncoded(value)
          ? Picture.raw(value, side.get())
          : Picture.decode(value, name);
    }

    /** Returns the side of a square RGB image of so many bytes. */
    private static Optional<Integer> side(byte[] value) {
      int side = (int) Math.round(Math.sqrt(value.length / (double) CHANNELS));
      return side > 0 && side * side * CHANNELS == value.length
          ? Optional.of(side)
          : Optional.empty();
    }

    /** Returns whether a value begins like a PNG, JPEG or WebP file. */
    private static boolean isEncoded(byte[] value) {
      String start = new String(value, 0, Math.min(value.length, 12), ISO_8859_1);
      return start.startsWith("\u0089PNG\r\n\u001a\n")
          || start.startsWith("\u00ff\u00d8\u00ff")
          || (start.startsWith("RIFF") && start.endsWith("WEBP"));
    }

    /** Uses the file's path, size and time: decoding all of it can take very long. */
    @Override
    public String fingerprint() throws IOException {
      try {
        return new Hasher()
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
    public void close() {
      environment.close();
    }
  }
}
