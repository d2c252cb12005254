package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Binds the native library's threads to cores, as the launcher does. */
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class BoundThreadsTest {

  @TempDir Path folder;

  @Test
  void readersMayUseAllCoresThoughTheTrainingIsBoundToOne()
      throws IOException, InterruptedException {
    ChildProcess process =
        ChildProcess.start(
            folder,
            Map.of("OMP_PROC_BIND", "true", "OMP_PLACES", "cores"),
            "train",
            "gaussians-25",
            "training.checkpoint-every=1",
            "training.checkpoints-kept=1000", // or the first is gone before it was seen
            "--run",
            "run");
    try {
      while (process.isAlive() && !Files.exists(folder.resolve("run/checkpoints/00000001"))) {
        Thread.sleep(1);
      }
      assertTrue(process.isAlive());
      Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
      Set<String> others = new HashSet<>(cores(threads, "java"));
      assumeTrue(others.size() > 1, "there are several cores, and the library binds its threads");
      String all = cores(threads.resolve(Long.toString(process.pid()))).orElseThrow();
      List<String> readers = cores(threads, "reader-");
      assertEquals(Collections.nCopies(Runtime.getRuntime().availableProcessors(), all), readers);
    } finally {
      process.kill();
    }
  }

  /** The cores that each of the threads may use whose names begin so. */
  private static List<String> cores(Path threads, String name) throws IOException {
    try (Stream<Path> each = Files.list(threads)) {
      return each.filter(thread -> lines(thread.resolve("comm")).anyMatch(n -> n.startsWith(name)))
          .flatMap(thread -> cores(thread).stream())
          .toList();
    }
  }

  private static Optional<String> cores(Path thread) {
    return lines(thread.resolve("status"))
        .filter(line -> line.startsWith("Cpus_allowed_list:"))
        .findFirst();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      return Stream.of(); // a thread that has ended meanwhile
    }
  }
}
