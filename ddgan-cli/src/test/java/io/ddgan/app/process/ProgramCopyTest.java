package io.ddgan.app.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCopyTest {

  @TempDir private Path folder;

  private Path main;

  @BeforeEach
  void makeJars() throws IOException {
    Files.createDirectories(folder.resolve("lib"));
    main = folder.resolve("lib/main.jar");
    jar(main, "first.jar second.jar absent.jar", "old");
    jar(folder.resolve("lib/first.jar"), "main.jar", "old");
    jar(folder.resolve("lib/second.jar"), "", "old");
  }

  @Test
  void jarsAndThoseThatTheyNameStayWhatTheyWereWhenABuildReplacesThem() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other")).resolve("main.jar");
    jar(other, "", "other");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    try (ProgramCopy copy = ProgramCopy.in(folder.resolve("copy"))) {
      String[] path =
          copy.classPath(String.join(File.pathSeparator, main + "", classes + "", other + ""))
              .split(File.pathSeparator, -1);
      for (String name : new String[] {"main.jar", "first.jar", "second.jar"}) {
        Path built = folder.resolve("lib").resolve(name);
        Files.delete(built);
        jar(built, "", "new");
        assertEquals("old", content(Path.of(path[0]).resolveSibling(name)), name);
      }
      assertEquals(classes.toString(), path[1]);
      assertEquals("other", content(Path.of(path[2])));
    }
    assertFalse(Files.exists(folder.resolve("copy")));
    assertEquals("new", content(main));
  }

  @Test
  void whatAKilledProcessHasLeftIsReplaced() throws IOException {
    Path left = Files.createDirectories(folder.resolve("copy/0"));
    Files.writeString(left.resolve("main.jar"), "left");
    try (ProgramCopy copy = ProgramCopy.in(folder.resolve("copy"))) {
      assertEquals("old", content(Path.of(copy.classPath(main.toString()))));
    }
  }

  @Test
  void foldersAndFilesAreCopiedToo() throws IOException {
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    try (ProgramCopy copy = ProgramCopy.in(folder.resolve("copy"))) {
      try (var files = Files.list(copy.files(plugins))) {
        assertEquals(0, files.count());
      }
      assertEquals("old", content(copy.files(folder.resolve("lib")).resolve("second.jar")));
      assertEquals("old", content(copy.file(main)));
    }
  }

  @Test
  void filesOfAnotherFileSystemAreNoLinks() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory), "there is no other file system");
    assumeFalse(Files.getFileStore(memory).equals(Files.getFileStore(folder)));
    Path other = Files.createTempFile(memory, "main", ".jar");
    jar(other, "", "other");
    try (ProgramCopy copy = ProgramCopy.in(folder.resolve("copy"))) {
      assertEquals("old", content(copy.file(main)));
      assertTrue(copy.isOfLinks());
      assertEquals("other", content(copy.file(other)));
      assertFalse(copy.isOfLinks());
    } finally {
      Files.delete(other);
    }
  }

  private static void jar(Path file, String classPath, String content) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.putNextEntry(new JarEntry("content"));
      jar.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private static String content(Path file) throws IOException {
    try (var jar = new java.util.jar.JarFile(file.toFile())) {
      return new String(
          jar.getInputStream(jar.getEntry("content")).readAllBytes(),
          java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
