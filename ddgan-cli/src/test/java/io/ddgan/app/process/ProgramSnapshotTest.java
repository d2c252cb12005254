package io.ddgan.app.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramSnapshotTest {

  @TempDir private Path folder;

  @Test
  void snapshotKeepsJarsThatABuildReplaces() throws IOException {
    Path main = write("lib/main.jar", "old");
    Path other = write("other/main.jar", "other");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path plugin = write("plugins/mine/needed.jar", "old");
    List<Path> built = List.of(main, write("lib/neighbour.jar", "old"), plugin);
    write("program/lib0/main.jar", "left by a process that was killed");
    try (ProgramSnapshot pinned = ProgramSnapshot.in(folder.resolve("program"))) {
      String original = String.join(File.pathSeparator, "" + main, "" + classes, "" + other);
      String[] path = pinned.classPath(original).split(File.pathSeparator, -1);
      Path plugins = pinned.plugins(folder.resolve("plugins"));
      for (Path jar : built) {
        Files.delete(jar);
        Files.writeString(jar, "new");
      }
      assertEquals("old", Files.readString(Path.of(path[0])));
      assertEquals("old", Files.readString(Path.of(path[0]).resolveSibling("neighbour.jar")));
      assertEquals(classes.toString(), path[1]);
      assertEquals("other", Files.readString(Path.of(path[2])));
      assertEquals("old", Files.readString(plugins.resolve("mine/needed.jar")));
    }
    assertFalse(Files.exists(folder.resolve("program")));
    assertEquals("new", Files.readString(main));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
