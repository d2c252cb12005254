package io.ddgan.app.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.file.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramContentTest {

  private static final Map<String, String> FILES = Map.of("a/One.class", "1", "b/two.conf", "22");

  @TempDir Path folder;

  @Test
  void aJarThatIsBuiltAgainAndAFolderOfItsFilesHaveTheSame() throws IOException {
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Path path = folder.resolve("classes").resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    String once = ProgramContent.of(jar("once.jar", FILES, 1_000_000_000_000L));
    assertEquals(once, ProgramContent.of(jar("again.jar", FILES, 1_700_000_000_000L)));
    assertEquals(once, ProgramContent.of(folder.resolve("classes")));
  }

  @Test
  void itIsTheSameFromVersionToVersion() throws IOException {
    Path jar = jar("one.jar", Map.of("a/One.class", "1", "b/two.conf", "62"), 0);
    assertEquals(
        Sha256.of("a/One.class 1 83dcefb7\nb/two.conf 2 0012d20a"), ProgramContent.of(jar));
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    Path none = folder.resolve("none.jar");
    String missing = assertThrows(IOException.class, () -> ProgramContent.of(none)).getMessage();
    assertTrue(missing.startsWith("cannot read " + none), missing);
    Path text = Files.writeString(folder.resolve("text.jar"), "text");
    String damaged = assertThrows(IOException.class, () -> ProgramContent.of(text)).getMessage();
    assertTrue(damaged.startsWith("cannot read " + text), damaged);
  }

  private Path jar(String name, Map<String, String> files, long time) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(time);
        zip.putNextEntry(entry);
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }
}
