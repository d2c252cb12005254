package io.ddgan.spark.job;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder of a file system of Hadoop, which all machines see. Nothing in it is renamed, since
 * object stores cannot do that atomically.
 */
final class Store implements Closeable {

  /**
   * Holds a file for each trial that is to save and end. Spark itself counts a task as ended as
   * soon as it is cancelled.
   */
  static final String STOPS = ".stop";

  private final FileSystem system;
  private final Path root;

  /**
   * Opens a folder, which may not be there yet.
   *
   * @param folder as a URI, such as {@code hdfs://host/sweeps}
   * @throws IOException if there is no such file system, or it does not answer
   */
  Store(String folder, Configuration configuration) throws IOException {
    this.root = new Path(folder);
    this.system = FileSystem.newInstance(root.toUri(), configuration);
    system.setVerifyChecksum(false); // copies have hashes of their own
    system.setWriteChecksum(false);
  }

  private Path path(String name) {
    return name.isEmpty() ? root : new Path(root, name);
  }

  /** The last parts of the names in a folder; none if there is no such folder. */
  List<String> names(String folder) throws IOException {
    try {
      return Stream.of(system.listStatus(path(folder)))
          .map(found -> found.getPath().getName())
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Opens a file; empty if there is none. */
  Optional<InputStream> read(String name) throws IOException {
    try {
      return Optional.of(system.open(path(name)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Opens a new file, which others may see only when it is closed. */
  OutputStream write(String name) throws IOException {
    return system.create(path(name), true);
  }

  /** Removes a file or a folder, if it is there. */
  void delete(String name) throws IOException {
    system.delete(path(name), true);
  }

  /** Whether a trial is to save and end. */
  boolean isStopped(String trial) throws IOException {
    return system.exists(path(STOPS + "/" + trial));
  }

  /** Says whether a trial is to save and end. */
  void setStopped(String trial, boolean isStopped) throws IOException {
    String name = STOPS + "/" + trial;
    if (isStopped) {
      write(name).close();
    } else {
      delete(name);
    }
  }

  @Override
  public void close() throws IOException {
    system.close();
  }
}
