package io.ddgan.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LockedFolderTest {

  private static final int ROUNDS = 300;

  @TempDir Path above;
  private Path folder;

  @BeforeEach
  void nameFolder() {
    folder = above.resolve("some").resolve("folder");
  }

  @Test
  void isMadeWhereItIsMissingAndInUseUntilItIsClosed() throws IOException {
    LockedFolder own = take();
    try (own) {
      assertTrue(Files.isDirectory(folder));
      String message = assertThrows(InUseException.class, this::take).getMessage();
      assertTrue(message.startsWith("it is in use by process " + ProcessHandle.current().pid()));
      Files.writeString(folder.resolve("kept"), "content");
    }
    take().close();
    assertEquals("content", Files.readString(folder.resolve("kept")));
  }

  @Test
  void isRemovedWithAllThatLiesInIt() throws IOException {
    try (LockedFolder own = take()) {
      Files.createDirectories(folder.resolve("inner"));
      Files.writeString(folder.resolve("inner").resolve("file"), "content");
      own.delete();
      assertFalse(Files.exists(folder));
    }
    take().close();
  }

  @Test
  void isRemovedUnlessSomebodyHasIt() throws IOException {
    LockedFolder own = take();
    try (own) {
      LockedFolder.deleteUnlessLocked(folder);
      assertTrue(Files.exists(folder));
    }
    LockedFolder.deleteUnlessLocked(folder);
    assertFalse(Files.exists(folder));
    LockedFolder.deleteUnlessLocked(folder);
    assertFalse(Files.exists(folder));
  }

  @Test
  void aRemovalThatFailsLetsOthersIn() throws IOException {
    try (LockedFolder own = take()) {
      PathUtils.deleteDirectory(folder);
      String message = assertThrows(IOException.class, own::delete).getMessage();
      assertTrue(message.contains(folder.toString()), message);
      take().close();
    }
  }

  @Test
  void whatIsInTheWayIsNamed() throws IOException {
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "a file");
    String message = assertThrows(IOException.class, this::take).getMessage();
    assertTrue(message.endsWith(folder + " is in the way; remove or rename it"), message);
  }

  @Test
  void thoseWhoUseAndRemoveItTimeAndAgainAreInNobodysWay() throws Exception {
    Callable<Void> waiting =
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            LockedFolder.await(folder).close();
            LockedFolder.deleteUnlessLocked(folder);
          }
          return null;
        };
    Callable<Void> taking =
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            try (LockedFolder own = take()) {
              own.delete();
            } catch (InUseException e) {
              // by the other one
            }
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (Future<Void> each : threads.invokeAll(List.of(waiting, waiting, taking))) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    LockedFolder.deleteUnlessLocked(folder);
    assertFalse(Files.exists(folder));
  }

  private LockedFolder take() throws IOException {
    return LockedFolder.take(folder, "it", "--there");
  }
}
