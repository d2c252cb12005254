package io.ddgan.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/** What requests bear to be answered. */
final class Token {

  private static final String SCHEME = "Bearer ";
  private static final int SHORTEST = 16;

  private final byte[] expected;

  private Token(String text) {
    this.expected = (SCHEME + text).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads one.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is too short to be a secret
   */
  static Token read(Path file) throws IOException {
    String text = Files.readString(file).strip();
    if (text.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "%s has no token of at least %d characters; write a random one, such as what 'openssl rand -hex 32' gives"
              .formatted(file, SHORTEST));
    }
    return new Token(text);
  }

  /** Whether a request with this header bears it; takes as long wherever they differ. */
  boolean isIn(Optional<String> authorization) {
    return MessageDigest.isEqual(
        expected, authorization.orElse("").getBytes(StandardCharsets.UTF_8));
  }
}
