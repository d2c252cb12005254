package io.ddgan.api;

import java.io.IOException;

/**
 * Where examples come from. The record holds the configuration only; nothing is read before {@link
 * #open()}.
 */
public interface Dataset {

  /**
   * Finds and checks the files.
   *
   * @throws IOException if a file is missing, truncated or not of the expected format; the message
   *     names the file and says what to do
   */
  Examples open() throws IOException;
}
