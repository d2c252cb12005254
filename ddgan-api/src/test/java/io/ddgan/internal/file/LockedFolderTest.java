package io.ddgan.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedFolderTest {

  @TempDir Path above;

  @Test
  void isRemovedUnlessSomebodyHasIt() throws IOException {
    Path folder = above.resolve("some").resolve("folder");
    LockedFolder own = take(folder);
    try (own) {
      Files.writeString(folder.resolve("kept"), "content");
      assertThrows(InUseException.class, () -> take(folder));
      LockedFolder.deleteUnlessLocked(folder);
      assertTrue(Files.exists(folder.resolve("kept")));
    }
    take(folder).close();
    assertEquals("content", Files.readString(folder.resolve("kept")));
    LockedFolder.deleteUnlessLocked(folder);
    LockedFolder.deleteUnlessLocked(folder);
    assertFalse(Files.exists(folder));
  }

  private static LockedFolder take(Path folder) throws IOException {
    return LockedFolder.take(folder, "it", "--there");
  }
}
