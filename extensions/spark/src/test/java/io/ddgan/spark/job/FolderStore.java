package io.ddgan.spark.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** A folder of this machine. */
record FolderStore(Path root) implements Store {

  @Override
  public List<String> names(String folder) throws IOException {
    if (!Files.isDirectory(root.resolve(folder))) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(root.resolve(folder))) {
      return found.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Override
  public Optional<InputStream> read(String name) throws IOException {
    Path file = root.resolve(name);
    return Files.exists(file) ? Optional.of(Files.newInputStream(file)) : Optional.empty();
  }

  @Override
  public OutputStream write(String name) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    return Files.newOutputStream(root.resolve(name));
  }

  @Override
  public void delete(String name) throws IOException {
    FileUtils.deleteQuietly(root.resolve(name).toFile());
  }

  @Override
  public void close() {}
}
