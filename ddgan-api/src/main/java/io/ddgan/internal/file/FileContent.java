package io.ddgan.internal.file;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the content of a file. */
@FunctionalInterface
public interface FileContent {

  /** Writes the content; the stream is buffered and closed by its owner. */
  void writeTo(OutputStream out) throws IOException;
}
