package io.ddgan.app.environment;

import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.apache.commons.io.FileUtils;

/**
 * Tells whether two programs are the same: a hash of the names, sizes and CRC-32 of their files. A
 * jar lists them, so that it need not be read, and one that was built again of the same files is
 * the same.
 */
final class ProgramContent {

  private ProgramContent() {}

  /** Of a jar, or of a folder of classes. */
  static String of(Path jarOrFolder) throws IOException {
    try {
      List<String> files = Files.isDirectory(jarOrFolder) ? folder(jarOrFolder) : jar(jarOrFolder);
      return Sha256.of(files.stream().sorted().collect(Collectors.joining("\n")));
    } catch (IOException e) {
      throw FileErrors.reading(jarOrFolder, e);
    }
  }

  private static List<String> jar(Path file) throws IOException {
    try (ZipFile jar = new ZipFile(file.toFile())) {
      return jar.stream()
          .filter(entry -> !entry.isDirectory())
          .map(entry -> line(entry.getName(), entry.getSize(), entry.getCrc()))
          .toList();
    }
  }

  private static List<String> folder(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        lines.add(line(name, Files.size(file), FileUtils.checksumCRC32(file.toFile())));
      }
    }
    return lines;
  }

  private static String line(String name, long size, long checksum) {
    return name + ' ' + size + ' ' + HexFormat.of().toHexDigits((int) checksum);
  }
}
