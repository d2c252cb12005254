package io.ddgan.app.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.ProcessLauncher.Handle;
import io.ddgan.api.ProcessLauncher.Request;
import io.ddgan.app.process.CommandRunner.LaunchedCommand;
import io.ddgan.internal.file.InUseException;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.run.RunProgress;
import io.ddgan.train.run.RunProgress.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MultiProcessTrainingTest {

  /** Marks a process that does not end by itself. */
  private static final int WAITS = -1;

  @TempDir Path folder;

  private final List<String> announced = new ArrayList<>();
  private final List<String> stopped = new ArrayList<>();
  private int started;

  /** The other process waits for it or has lost the connection. */
  @ParameterizedTest
  @ValueSource(ints = {WAITS, 75})
  void allProcessesRestartAfterOneDies(int other) throws Exception {
    assertTrue(train(List.of(other, 137), List.of(0, 0)));
    assertEquals(other == WAITS ? List.of("rank-0") : List.of(), stopped);
    assertEquals(1, announced.size());
    assertTrue(announced.get(0).matches("rank-1: .*137.*"), announced.get(0));
  }

  @Test
  void failingProcessEndsAllWithItsMessage() {
    IOException e = assertThrows(IOException.class, () -> train(List.of(WAITS, 1)));
    assertTrue(e.getMessage().startsWith("rank-1: there is no data; "), e.getMessage());
    assertTrue(e.getMessage().contains("rank-1.log"), e.getMessage());
  }

  @Test
  void singleProcessIsNotRestartedIfTheRunIsInUse() {
    assertThrows(InUseException.class, () -> train(List.of(75)));
    assertEquals(List.of(), announced);
  }

  @Test
  void repeatedlyLostProcessesEndTheTraining() {
    List<Integer> lost = List.of(WAITS, 137);
    IOException e = assertThrows(IOException.class, () -> train(lost, lost, lost, lost));
    assertTrue(e.getMessage().contains("4 starts"), e.getMessage());
    assertEquals(3, announced.size());
  }

  @Test
  void stopRequestStopsAllProcessesOnce() throws Exception {
    assertFalse(train(() -> started == 2, List.of(WAITS, WAITS)));
    assertEquals(List.of("rank-0", "rank-1"), stopped);
  }

  @SafeVarargs
  private boolean train(List<Integer>... rounds) throws IOException, InterruptedException {
    return train(() -> false, rounds);
  }

  @SafeVarargs
  private boolean train(BooleanSupplier stop, List<Integer>... rounds)
      throws IOException, InterruptedException {
    RunFolder run = new RunFolder(folder);
    int size = rounds[0].size();
    return new MultiProcessTraining(run, progress -> {}, announced::add, stop)
        .train(
            request -> start(request, rounds[started / size].get(started % size)),
            new Workers(size, 1, List.of()),
            folder.resolve("launcher"),
            IntStream.range(0, size).mapToObj(rank -> command("rank-" + rank)).toList());
  }

  private LaunchedCommand command(String name) {
    return new LaunchedCommand(name, folder, List.of("train"), folder.resolve(name + ".log"));
  }

  private Handle start(Request request, int code) throws IOException {
    started++;
    if (code == 1) {
      Files.writeString(
          request.log(), "ddgan: there is no data\n  at x\n", StandardOpenOption.CREATE);
    }
    if (code == 0) {
      new RunProgress(10, 10, RunState.DONE, Optional.empty(), 1, Instant.now())
          .write(folder.resolve("progress.json"));
    }
    return new StubProcess(request.name(), code);
  }

  private final class StubProcess implements Handle {

    private final String name;
    private int code;

    StubProcess(String name, int code) {
      this.name = name;
      this.code = code;
    }

    @Override
    public boolean isActive() {
      return code == WAITS;
    }

    @Override
    public OptionalInt exitCode() {
      return OptionalInt.of(code);
    }

    @Override
    public void stop() {
      stopped.add(name);
      code = 143;
    }

    @Override
    public void close() {}
  }
}
