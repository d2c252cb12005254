package io.ddgan.spark.job;

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

/** A folder of a Hadoop file system. */
final class HadoopStore implements Store {

  private final FileSystem system;
  private final Path root;

  /**
   * Opens a folder, which need not exist.
   *
   * @param folder folder as a URI, such as {@code hdfs://host/sweeps}
   * @throws IOException if there is no such file system, or it is unreachable
   */
  HadoopStore(String folder, Configuration configuration) throws IOException {
    this.root = new Path(folder);
    this.system = FileSystem.newInstance(root.toUri(), configuration);
    system.setVerifyChecksum(false); // copies have their own hashes
    system.setWriteChecksum(false);
  }

  private Path path(String name) {
    return name.isEmpty() ? root : new Path(root, name);
  }

  @Override
  public List<String> names(String folder) throws IOException {
    try {
      return Stream.of(system.listStatus(path(folder)))
          .map(found -> found.getPath().getName())
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  @Override
  public Optional<InputStream> read(String name) throws IOException {
    try {
      return Optional.of(system.open(path(name)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public OutputStream write(String name) throws IOException {
    return system.create(path(name), true);
  }

  @Override
  public void delete(String name) throws IOException {
    system.delete(path(name), true);
  }

  @Override
  public void close() throws IOException {
    system.close();
  }
}
