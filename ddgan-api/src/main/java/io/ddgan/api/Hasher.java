package io.ddgan.api;

import io.ddgan.internal.file.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Identifies content by its SHA-256. */
public final class Hasher {

  private static final int BLOCK = 1 << 16;

  private final MessageDigest digest = Sha256.digest();

  /** Adds a text. */
  public Hasher add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes. */
  public Hasher add(byte[] bytes) {
    add(bytes.length);
    digest.update(bytes);
    return this;
  }

  /** Adds a number. */
  public Hasher add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    return this;
  }

  /** Adds numbers, bit by bit. */
  public Hasher add(float[] numbers) {
    return add(FloatBuffer.wrap(numbers));
  }

  /** Adds the numbers that remain in a buffer, bit by bit; the buffer is unchanged. */
  public Hasher add(FloatBuffer numbers) {
    add(numbers.remaining());
    FloatBuffer rest = numbers.duplicate();
    ByteBuffer bytes = ByteBuffer.allocate(Math.min(rest.remaining(), BLOCK) * Float.BYTES);
    while (rest.hasRemaining()) {
      int now = Math.min(rest.remaining(), BLOCK);
      bytes.asFloatBuffer().put(rest.slice().limit(now));
      rest.position(rest.position() + now);
      digest.update(bytes.array(), 0, now * Float.BYTES);
    }
    return this;
  }

  /**
   * Returns the SHA-256 of everything added, in hexadecimal digits. Nothing can be added after it.
   */
  public String hex() {
    return Sha256.hex(digest);
  }

  /** Returns the fingerprint of examples and their classes. */
  static String of(OpenDataset examples) throws IOException {
    Hasher fingerprint = new Hasher().add(examples.shape().toString()).add(examples.size());
    float[] example = new float[examples.shape().size()];
    for (int i = 0; i < examples.size(); i++) {
      examples.read(i, example, 0);
      fingerprint.add(example);
    }
    examples
        .labels()
        .ifPresent(
            labels -> {
              fingerprint.add(labels.classes());
              for (int i = 0; i < examples.size(); i++) {
                fingerprint.add(labels.label(i));
              }
            });
    return fingerprint.hex();
  }
}
