package io.ddgan.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
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
  void isHeldUntilClosedAndNamesTheProcess() throws IOException {
    Files.writeString(file, "123456789012"); // left by a killed process
    assertFalse(LockFile.isHeld(file));
    LockFile lock = take(file);
    try (lock) {
      assertTrue(LockFile.isHeld(file));
      assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(file));
    }
    lock.close();
    assertFalse(LockFile.isHeld(file));
    LockFile next = take(file);
    try (next) {
      lock.close();
      assertTrue(LockFile.isHeld(file));
      String message = assertThrows(InUseException.class, () -> take(file)).getMessage();
      assertTrue(message.contains("process " + ProcessHandle.current().pid()), message);
    }
  }

  @Test
  void isHeldForOtherProcessesDespiteAnAttemptThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder).resolve("lock");
    LockFile lock = take(file);
    try (lock) {
      assertTrue(LockFile.isHeld(link));
      assertThrows(InUseException.class, () -> take(link));
      try (BufferedReader out = start("held").inputReader()) {
        assertEquals("true", out.readLine());
      }
    }
  }

  @Test
  void checkingTheLockDoesNotBlockOthers() throws Exception {
    Process asking = start("ask");
    try (BufferedReader out = asking.inputReader()) {
      assertEquals("asking", out.readLine());
      for (int i = 0; i < 2000; i++) {
        take(file).close();
      }
    } finally {
      asking.destroyForcibly().waitFor();
    }
  }

  @Test
  void isReleasedWhenItsProcessIsKilled() throws Exception {
    Process holder = start("hold");
    try (BufferedReader out = holder.inputReader()) {
      assertEquals("holding", out.readLine());
      String message = assertThrows(InUseException.class, () -> take(file)).getMessage();
      assertTrue(message.contains("process " + holder.pid()), message);
    } finally {
      holder.destroyForcibly().waitFor();
    }
    take(file).close();
  }

  @Test
  void isHeldByOneThreadAtATime() throws Exception {
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
  void waitingCanBeStoppedAndAnUnwritableFileIsNamed() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier stop = () -> asked.incrementAndGet() == 3;
    LockFile lock = LockFile.await(file, () -> true);
    try (lock) {
      assertThrows(CancellationException.class, () -> LockFile.await(file, stop));
    }
    String message =
        assertThrows(IOException.class, () -> LockFile.await(folder, stop)).getMessage();
    assertTrue(message.startsWith("cannot write " + folder + ": "), message);
    assertFalse(LockFile.isHeld(folder));
  }

  private static LockFile take(Path file) throws IOException {
    return LockFile.take(file, "it", "--there");
  }

  private Process start(String what) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    return new ProcessBuilder(
            List.of(java, "-cp", classes, Other.class.getName(), what, file.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Another process. */
  static final class Other {

    public static void main(String[] arguments) throws Exception {
      Path file = Path.of(arguments[1]);
      switch (arguments[0]) {
        case "held" -> System.out.println(LockFile.isHeld(file));
        case "ask" -> {
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
          System.out.println("asking");
          while (true) {
            LockFile.isHeld(file);
          }
        }
        default -> {
          LockFile lock = take(file);
          System.out.println("holding");
          try (lock) {
            Thread.sleep(Long.MAX_VALUE);
          }
        }
      }
    }
  }
}
