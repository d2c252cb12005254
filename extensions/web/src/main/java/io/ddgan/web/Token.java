package io.ddgan.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What requests bear to be answered. */
final class Token {

  private static final Pattern HEADER = Pattern.compile("(?i)bearer +([!-~]+)");
  private static final Pattern TOKEN = Pattern.compile("[!-~]{16,1000}");

  private final byte[] expected;

  private Token(String text) {
    this.expected = text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads one.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it has none that a header could bear, or one that is too
   *     short to be a secret
   */
  static Token read(Path file) throws IOException {
    String none =
        "%s has no token, which is one line of 16 to 1,000 letters, digits and signs of ASCII; write a random one, such as what 'openssl rand -hex 32' gives"
            .formatted(file);
    Arguments.require(Files.exists(file), "there is no file %s with a token".formatted(file));
    Arguments.require(Files.isRegularFile(file) && Files.size(file) < 10_000, none);
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
    Arguments.require(TOKEN.matcher(text).matches(), none);
    return new Token(text);
  }

  /** Whether a request with this header bears it; takes as long wherever they differ. */
  boolean isIn(Optional<String> authorization) {
    Matcher header = HEADER.matcher(authorization.orElse("").strip());
    String borne = header.matches() ? header.group(1) : "";
    return MessageDigest.isEqual(expected, borne.getBytes(StandardCharsets.US_ASCII));
  }
}
