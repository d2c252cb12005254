package io.ddgan.app.process;

import io.ddgan.internal.file.FileErrors;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * A snapshot of the jars of this program, for processes that start after a build has replaced them.
 * Uses hard links where possible, since builds write new files.
 *
 * @param folder the folder of the links; removed at the end
 */
record ProgramSnapshot(Path folder) implements AutoCloseable {

  /** Empties the folder, which may have leftovers of a killed process. */
  static ProgramSnapshot in(Path folder) throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
    return new ProgramSnapshot(folder);
  }

  /**
   * Returns the class path with links to its jars and to the jars next to them, which manifests may
   * name.
   */
  String classPath(String original) throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry : original.split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      if (Files.isRegularFile(jar)) {
        Path jars = folder.resolve("lib" + entries.size());
        entry = link(jar.toAbsolutePath().getParent(), 1, jars).resolve(jar.getFileName()) + "";
      }
      entries.add(entry);
    }
    return String.join(File.pathSeparator, entries);
  }

  /** Links a folder of plug-ins: jars, or folders of jars. */
  Path plugins(Path original) throws IOException {
    return link(original, 2, folder.resolve("plugins"));
  }

  private static Path link(Path from, int depth, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.walk(from, depth)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        try {
          Files.createLink(copy, file.toRealPath());
        } catch (IOException | UnsupportedOperationException e) { // another file system
          Files.copy(file, copy);
        }
      }
      return to;
    } catch (IOException e) {
      throw FileErrors.writing(to, e);
    }
  }

  @Override
  public void close() throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
  }
}
