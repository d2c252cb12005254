package io.ddgan.spark.job;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Files that all machines see. Nothing can be renamed, as object stores have no renaming that is
 * done at once; names have slashes between their parts, and all that there is has the empty name.
 */
interface Store extends Closeable {

  /** The last parts of the names that begin with a folder's; none if there is no such folder. */
  List<String> names(String folder) throws IOException;

  /** The bytes of a file; empty if there is none. */
  Optional<InputStream> read(String name) throws IOException;

  /** A new file, which may be seen by others only when it is closed. */
  OutputStream write(String name) throws IOException;

  boolean exists(String name) throws IOException;

  /** Removes a file or a folder, if it is there. */
  void delete(String name) throws IOException;
}
