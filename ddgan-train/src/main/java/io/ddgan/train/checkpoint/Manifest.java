package io.ddgan.train.checkpoint;

import io.ddgan.internal.file.DurableFile;
import io.ddgan.internal.file.FileContent;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Json;
import io.ddgan.internal.file.Sha256;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The file {@code state.json} of a checkpoint: its step, and sizes and hashes of its files. */
final class Manifest {

  static final String NAME = "state.json";

  private static final int FORMAT = 1;
  private static final Pattern FILE = Pattern.compile("[a-z0-9-]+\\.safetensors");

  private final long step;
  private final Map<String, Map<String, Object>> files = new TreeMap<>();

  Manifest(long step) {
    this.step = step;
  }

  /** Writes a file of the checkpoint and notes its size and hash. */
  void write(Path file, FileContent content) throws IOException {
    MessageDigest digest = Sha256.digest();
    DurableFile.write(file, out -> content.writeTo(new DigestOutputStream(out, digest)));
    files.put(
        file.getFileName().toString(),
        Map.of("bytes", Files.size(file), "sha256", Sha256.hex(digest)));
  }

  /** Writes {@code state.json} itself. */
  void write(Path folder) throws IOException {
    String json = Json.pretty(Map.of("format", FORMAT, "step", step, "files", files));
    DurableFile.write(
        folder.resolve(NAME), out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Reads the {@code state.json} of a checkpoint.
   *
   * @return what was noted of the files, by their names; {@link #verify} looks at it
   */
  static Map<String, Object> read(Path folder, long step) throws IOException {
    Path file = folder.resolve(NAME);
    Map<String, Object> state = parse(file);
    Object format = state.get("format");
    boolean valid =
        Integer.valueOf(FORMAT).equals(format)
            && state.get("step") instanceof Number number
            && number.longValue() == step;
    if (!valid || !(state.get("files") instanceof Map<?, ?> noted)) {
      throw new DamagedException(file, "it does not describe the checkpoint of step " + step);
    }
    Map<String, Object> files = new TreeMap<>();
    for (Map.Entry<?, ?> entry : noted.entrySet()) {
      String name = (String) entry.getKey();
      if (!FILE.matcher(name).matches()) {
        throw new DamagedException(file, "it names a file that no checkpoint has");
      }
      files.put(name, entry.getValue());
    }
    return files;
  }

  private static Map<String, Object> parse(Path file) throws IOException {
    try {
      return Json.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new DamagedException(file, "it is missing");
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new DamagedException(file, "it is not a JSON object");
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  /** Compares a file with what was noted of it. */
  static void verify(Path file, Object noted) throws IOException {
    MessageDigest digest = Sha256.digest();
    long bytes;
    try {
      bytes = Sha256.add(file, digest);
    } catch (NoSuchFileException e) {
      throw new DamagedException(file, "it is missing");
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    boolean same =
        noted instanceof Map<?, ?> entry
            && entry.get("bytes") instanceof Number size
            && size.longValue() == bytes
            && Sha256.hex(digest).equals(entry.get("sha256"));
    if (!same) {
      throw new DamagedException(file, "its size and hash are not those noted in " + NAME);
    }
  }

  /** A file of a checkpoint is not what was written. */
  static final class DamagedException extends IOException {

    DamagedException(Path file, String why) {
      super(file + " is damaged: " + why);
    }
  }
}
