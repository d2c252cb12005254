package io.ddgan.cli.process;

import io.ddgan.file.FileErrors;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/** Why a process ended that could not tell it in another way. */
public final class LastWords {

  private LastWords() {}

  /**
   * The last line that it has printed.
   *
   * @param log takes what it prints
   * @param code its exit code
   * @throws IOException if the log cannot be read; the message names it
   */
  public static String of(Path log, int code) throws IOException {
    try {
      byte[] printed = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
      return new String(printed, Charset.defaultCharset())
          .lines()
          .filter(line -> !line.isBlank())
          .reduce((first, second) -> second)
          .orElse("it printed nothing and ended with exit code " + code);
    } catch (IOException e) {
      throw FileErrors.reading(log, e);
    }
  }
}
