package io.ddgan.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What requests bear to be answered.
 *
 * @param text 16 to 1,000 visible characters of ASCII
 */
record Token(String text) {

  private static final Pattern TOKEN = Pattern.compile("[!-~]{16,1000}");

  Token {
    Arguments.require(
        TOKEN.matcher(text).matches(),
        "a token is one line of 16 to 1,000 letters, digits and signs of ASCII, such as what 'openssl rand -hex 32' gives; the file of --token-file has none");
  }

  /**
   * Reads one.
   *
   * @throws IOException if the file cannot be read
   * @throws io.ddgan.api.RefusedException if it has no token
   */
  static Token read(Path file) throws IOException {
    return new Token(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
  }

  /** Whether a request with this header bears it; takes as long wherever they differ. */
  boolean isIn(Optional<String> authorization) {
    String borne = authorization.orElse("").replaceFirst("(?i)^\\s*bearer +", "").strip();
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), borne.getBytes(StandardCharsets.UTF_8));
  }
}
