package io.ddgan.train.checkpoint;

import io.ddgan.internal.file.DurableFile;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Json;
import io.ddgan.internal.file.Sha256;
import io.ddgan.internal.weights.Safetensors;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The file {@code state.json} of a checkpoint: its step, and sizes and hashes of its files. */
final class Manifest {

  static final String NAME = "state.json";
  static final String EXTENSION = ".safetensors";

  private static final int FORMAT = 1;
  private static final Pattern FILE = Pattern.compile("[a-z0-9-]+\\.safetensors");

  private Manifest() {}

  /** Writes the files of a checkpoint, and {@code state.json} last. */
  static void write(Checkpoint checkpoint, Path folder) throws IOException {
    Map<String, Object> files = new TreeMap<>();
    for (Map.Entry<String, Safetensors> part : checkpoint.parts().entrySet()) {
      String name = part.getKey() + EXTENSION;
      MessageDigest digest = Sha256.digest();
      DurableFile.write(
          folder.resolve(name),
          out -> part.getValue().writeTo(new DigestOutputStream(out, digest)));
      long bytes = Files.size(folder.resolve(name));
      files.put(name, Map.of("bytes", bytes, "sha256", Sha256.hex(digest)));
    }
    String json = Json.pretty(Map.of("format", FORMAT, "step", checkpoint.step(), "files", files));
    DurableFile.write(
        folder.resolve(NAME), out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
    DurableFile.force(folder);
  }

  /**
   * Reads the {@code state.json} of a checkpoint.
   *
   * @return the entry of each file, by part, for {@link #verify}
   */
  static SortedMap<String, Object> read(Path folder, long step) throws IOException {
    Path file = folder.resolve(NAME);
    Map<String, Object> state;
    try {
      state = Json.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new DamagedException(file, "it is missing");
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new DamagedException(file, "it is not a JSON object");
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    boolean isOfStep =
        Integer.valueOf(FORMAT).equals(state.get("format"))
            && state.get("step") instanceof Number number
            && number.longValue() == step;
    if (!isOfStep || !(state.get("files") instanceof Map<?, ?> recorded)) {
      throw new DamagedException(file, "it does not describe the checkpoint of step " + step);
    }
    SortedMap<String, Object> parts = new TreeMap<>();
    for (Map.Entry<?, ?> entry : recorded.entrySet()) {
      String name = (String) entry.getKey();
      if (!FILE.matcher(name).matches()) {
        throw new DamagedException(file, "it lists an invalid file name");
      }
      parts.put(part(name), entry.getValue());
    }
    return parts;
  }

  /** Returns the name of the part that a file stores. */
  static String part(String file) {
    return file.substring(0, file.length() - EXTENSION.length());
  }

  /** Verifies a file's size and hash. */
  static void verify(Path file, Object recorded) throws IOException {
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
        recorded instanceof Map<?, ?> entry
            && entry.get("bytes") instanceof Number size
            && size.longValue() == bytes
            && Sha256.hex(digest).equals(entry.get("sha256"));
    if (!same) {
      throw new DamagedException(file, "its size or hash differs from " + NAME);
    }
  }

  /** A checkpoint file is damaged. */
  static final class DamagedException extends IOException {

    DamagedException(Path file, String why) {
      super(file + " is damaged: " + why);
    }
  }
}
