package io.ddgan.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DistributedTraining.LaunchedRun;
import io.ddgan.api.TrialLauncher;
import io.ddgan.api.TrialLauncher.Handle;
import io.ddgan.api.TrialLauncher.Request;
import io.ddgan.api.TrialLauncher.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LaunchedRanksTest {

  /** Of a process that does not end by itself. */
  private static final int WAITS = -1;

  @TempDir Path folder;

  private final List<String> announced = new ArrayList<>();
  private final List<String> stopped = new ArrayList<>();
  private int started;

  @Test
  void theOthersOfOneThatHasDiedAreStoppedAtOnceAndAllStartAgain() throws Exception {
    assertTrue(train(List.of(WAITS, 137), List.of(0, 0)));
    assertEquals(List.of("rank-0"), stopped);
    assertEquals(1, announced.size());
    assertTrue(announced.get(0).startsWith("rank-1: "), announced.get(0));
    assertTrue(announced.get(0).contains("137"), announced.get(0));
  }

  @Test
  void theProcessThatWasLostIsNamedAndNotTheOneThatHasLostIt() throws Exception {
    assertTrue(train(List.of(75, 137), List.of(0, 0)));
    assertTrue(announced.get(0).startsWith("rank-1: "), announced.get(0));
  }

  @Test
  void aProcessThatFailsEndsAllWithWhatItSays() throws Exception {
    Files.writeString(folder.resolve("rank-1.log"), "begins\nddgan: there is no data\n  at x\n");
    IOException e = assertThrows(IOException.class, () -> train(List.of(WAITS, 1)));
    assertTrue(e.getMessage().startsWith("rank-1: there is no data; "), e.getMessage());
    assertTrue(e.getMessage().contains("rank-1.log"), e.getMessage());
  }

  @Test
  void processesThatAreLostAgainAndAgainAreGivenUp() {
    List<Integer> lost = List.of(WAITS, 137);
    IOException e = assertThrows(IOException.class, () -> train(lost, lost, lost, lost));
    assertTrue(e.getMessage().contains("4 starts"), e.getMessage());
    assertEquals(3, announced.size());
  }

  @Test
  void whoAsksToStopStopsAllOnce() throws Exception {
    LaunchedRun run = new Run(() -> false, true);
    assertFalse(new LaunchedRanks(launcher(List.of(WAITS, WAITS)), folder, ranks(), run).train());
    assertEquals(List.of("rank-0", "rank-1"), stopped);
  }

  @SafeVarargs
  private boolean train(List<Integer>... rounds) throws IOException, InterruptedException {
    LaunchedRun run =
        new Run(() -> started == 2 * rounds.length && isZero(rounds[rounds.length - 1]), false);
    return new LaunchedRanks(launcher(rounds), folder, ranks(), run).train();
  }

  private static boolean isZero(List<Integer> codes) {
    return codes.stream().allMatch(code -> code == 0);
  }

  private List<Request> ranks() {
    return List.of(request("rank-0"), request("rank-1"));
  }

  private Request request(String name) {
    return new Request(
        name,
        folder,
        "ddgan",
        List.of("train"),
        folder.resolve(name + ".log"),
        new Resources(1, Optional.empty(), 2));
  }

  @SafeVarargs
  private TrialLauncher launcher(List<Integer>... rounds) {
    return request -> {
      int rank = started % 2;
      int code = rounds[started / 2].get(rank);
      started++;
      return new StubProcess(request.name(), code);
    };
  }

  private final class Run implements LaunchedRun {

    private final BooleanSupplier isEnd;
    private final boolean isStopped;

    Run(BooleanSupplier isEnd, boolean isStopped) {
      this.isEnd = isEnd;
      this.isStopped = isStopped;
    }

    @Override
    public boolean isStopped() {
      return isStopped;
    }

    @Override
    public long saved() {
      return 0;
    }

    @Override
    public boolean isDone() {
      return isEnd.getAsBoolean();
    }

    @Override
    public void announced(String sentence) {
      announced.add(sentence);
    }
  }

  private final class StubProcess implements Handle {

    private final String name;
    private int code;

    StubProcess(String name, int code) {
      this.name = name;
      this.code = code;
    }

    @Override
    public boolean isRunning() {
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
