package io.ddgan.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LockFileTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("lock");
  }

  @Test
  void isHeldFromTakingToClosingAndTellsByWhom() throws IOException {
    assertFalse(LockFile.isHeld(file));
    LockFile lock = LockFile.take(file, "it", "--there");
    try (lock) {
      assertTrue(LockFile.isHeld(file));
      assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(file));
      String message =
          assertThrows(IOException.class, () -> LockFile.take(file, "it", "--there")).getMessage();
      assertTrue(message.startsWith("it is in use by process " + ProcessHandle.current().pid()));
      assertTrue(LockFile.isHeld(file));
    }
    assertFalse(LockFile.isHeld(file));
    assertEquals("", Files.readString(file));
  }

  @Test
  void whoAsksWhetherItIsHeldChangesNothing() throws IOException {
    Files.writeString(file, "12345"); // of a process that was killed
    assertFalse(LockFile.isHeld(file));
    assertEquals("12345", Files.readString(file));
  }

  @Test
  void whatWasClosedTwiceIsTheNextOnes() throws IOException {
    LockFile lock = LockFile.take(file, "it", "--there");
    lock.close();
    LockFile next = LockFile.take(file, "it", "--there");
    try (next) {
      lock.close();
      assertTrue(LockFile.isHeld(file));
    }
  }

  @Test
  void whatIsRemovedCanBeTakenAgain() throws IOException {
    LockFile.take(file, "it", "--there").remove();
    assertFalse(Files.exists(file));
    LockFile.take(file, "it", "--there").close();
    assertTrue(Files.exists(file));
  }

  @Test
  void theWaitingCanBeEnded() throws IOException {
    AtomicInteger looks = new AtomicInteger();
    LockFile lock = LockFile.await(file, () -> true);
    try (lock) {
      assertThrows(
          CancellationException.class,
          () -> LockFile.await(file, () -> looks.incrementAndGet() == 3));
    }
    assertEquals(3, looks.get());
  }

  @Test
  void oneThreadAtATimeHasIt() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    Callable<Integer> work =
        () -> {
          LockFile lock = LockFile.await(file, () -> false);
          try (lock) {
            int others = inside.getAndIncrement();
            Thread.sleep(5);
            inside.decrementAndGet();
            return others;
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Integer> others : threads.invokeAll(Collections.nCopies(12, work))) {
        assertEquals(0, others.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() throws IOException {
    Files.createDirectories(file);
    String message =
        assertThrows(IOException.class, () -> LockFile.await(file, () -> false)).getMessage();
    assertTrue(message.startsWith("cannot write " + file + ": "), message);
    assertFalse(LockFile.isHeld(file));
  }
}
