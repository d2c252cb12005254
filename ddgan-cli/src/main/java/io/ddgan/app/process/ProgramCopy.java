package io.ddgan.app.process;

import io.ddgan.internal.file.FileErrors;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * The jars of this program as they are now, for processes that start later: a build replaces them
 * meanwhile. They are linked, not copied, where the file system can do that; so they are the same
 * bytes only because builds write new files in place of the old ones, and not into them.
 */
final class ProgramCopy implements AutoCloseable {

  private final Path folder;
  private final Map<Path, Path> folders = new HashMap<>();
  private boolean ofLinks = true;

  private ProgramCopy(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes a copy, in place of one that a process that was killed has left.
   *
   * @param folder its folder, which is removed in the end
   */
  static ProgramCopy in(Path folder) throws IOException {
    ProgramCopy copy = new ProgramCopy(folder);
    copy.close();
    return copy;
  }

  /** A class path with the copies of its jars; folders of classes stay where they are. */
  String classPath(String original) throws IOException {
    List<Path> entries = Arrays.stream(original.split(File.pathSeparator)).map(Path::of).toList();
    for (Path entry : entries) {
      if (Files.isRegularFile(entry)) {
        addJar(entry);
      }
    }
    return entries.stream()
        .map(entry -> Files.isRegularFile(entry) ? place(entry) : entry)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A folder with the copies of another one's files. */
  Path files(Path original) throws IOException {
    try (Stream<Path> files = Files.list(original)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        add(file);
      }
    }
    Path copy = place(original.resolve("any")).getParent();
    Files.createDirectories(copy);
    return copy;
  }

  /** The copy of a single file. */
  Path file(Path original) throws IOException {
    add(original);
    return place(original);
  }

  /** Whether all copies so far are links to the files themselves. */
  boolean isOfLinks() {
    return ofLinks;
  }

  private void addJar(Path jar) throws IOException {
    if (!add(jar)) {
      return;
    }
    for (Path named : named(jar)) {
      if (Files.isRegularFile(named)) {
        addJar(named);
      }
    }
  }

  /** Jars beside this one that it names as parts of the class path. */
  private static List<Path> named(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      return Optional.ofNullable(file.getManifest())
          .map(Manifest::getMainAttributes)
          .map(attributes -> attributes.getValue(Attributes.Name.CLASS_PATH))
          .stream()
          .flatMap(names -> Arrays.stream(names.split(" ")))
          .filter(name -> !name.isEmpty() && !name.contains("/"))
          .map(jar::resolveSibling)
          .toList();
    } catch (IOException e) {
      throw FileErrors.reading(jar, e);
    }
  }

  /** Whether the file was not there. */
  private boolean add(Path file) throws IOException {
    Path copy = place(file);
    if (Files.exists(copy)) {
      return false;
    }
    try {
      Files.createDirectories(copy.getParent());
      try {
        Files.createLink(copy, file.toRealPath());
      } catch (FileAlreadyExistsException e) {
        throw e;
      } catch (IOException | UnsupportedOperationException e) { // of another file system
        Files.copy(file, copy);
        ofLinks = false;
      }
      return true;
    } catch (IOException e) {
      throw FileErrors.writing(copy, e);
    }
  }

  /** What lay beside each other does so here, as manifests expect. */
  private Path place(Path file) {
    Path from = file.toAbsolutePath().normalize();
    Path to =
        folders.computeIfAbsent(
            from.getParent(), any -> folder.resolve(Integer.toString(folders.size())));
    return to.resolve(from.getFileName());
  }

  /** Removes the files. */
  @Override
  public void close() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      PathUtils.deleteDirectory(folder);
    } catch (IOException e) {
      throw FileErrors.writing(folder, e);
    }
  }
}
