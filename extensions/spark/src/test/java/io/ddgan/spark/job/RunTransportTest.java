package io.ddgan.spark.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTransportTest {

  @TempDir Path folder;
  private Order order;
  private Path run;
  private TrialStore copies;
  private RunTransport transport;

  @BeforeEach
  void begin() throws IOException {
    run = folder.resolve("runs/trial");
    String log = folder.resolve("trial.log").toString();
    order = new Order("trial", "", run.toString(), log, List.of(), List.of("ddgan"));
    Store store = new FolderStore(folder.resolve("store"));
    copies = new TrialStore(store, "trial");
    transport = new RunTransport(store);
  }

  @Test
  void whatTheSweepHasIsBroughtUnlessTheStoreHasMore() throws IOException {
    transport.bring(order);
    assertEquals(Optional.empty(), copies.step());
    train(run, 20);
    transport.bring(order);
    assertEquals(Optional.of(20L), copies.step());
    copies.keep(train(folder.resolve("elsewhere"), 60));
    train(run, 40);
    transport.bring(order);
    assertEquals(Optional.of(60L), copies.step());
  }

  @Test
  void whatTheStoreHasComesHomeWithItsLogAndIsLetGo() throws IOException {
    train(run, 20);
    Files.writeString(run.resolve("checkpoint-of-20"), "old");
    Files.writeString(Path.of(order.log()), "before\n");
    Path elsewhere = train(folder.resolve("elsewhere"), 60);
    Files.writeString(elsewhere.resolve(TrialTask.LOG), "there\n");
    copies.keep(elsewhere);
    transport.deliver(order);
    assertEquals(60, TrialStore.step(run));
    assertFalse(Files.exists(run.resolve("checkpoint-of-20")));
    assertEquals("before\nthere\n", Files.readString(Path.of(order.log())));
    assertEquals(Optional.empty(), copies.step());
  }

  @Test
  void aRunThatIsFartherThanItsCopiesStays() throws IOException {
    train(run, 40);
    copies.keep(train(folder.resolve("elsewhere"), 20));
    String message = assertThrows(IOException.class, () -> transport.deliver(order)).getMessage();
    assertTrue(message.startsWith("the copies there are behind "), message);
    assertEquals(40, TrialStore.step(run));
    assertEquals(Optional.of(20L), copies.step());
  }

  @Test
  void aRunThatWasMovedAwayAndNotReplacedComesBack() throws IOException {
    train(run.resolveSibling(".trial.replaced"), 20);
    transport.bring(order);
    assertEquals(20, TrialStore.step(run));
    assertEquals(Optional.of(20L), copies.step());
    Files.move(run, run.resolveSibling(".trial.replaced"));
    copies.keep(train(folder.resolve("elsewhere"), 60));
    transport.deliver(order);
    assertEquals(60, TrialStore.step(run));
    assertFalse(Files.exists(run.resolveSibling(".trial.replaced")));
    assertFalse(Files.exists(run.resolveSibling(".trial.fetched")));
  }

  @Test
  void whatWasMeasuredHereSinceACopyIsNotLost() throws IOException {
    copies.keep(train(folder.resolve("elsewhere"), 20));
    train(run, 20);
    Files.writeString(run.resolve("evaluation.csv"), "fid");
    transport.bring(order);
    transport.deliver(order);
    assertEquals("fid", Files.readString(run.resolve("evaluation.csv")));
  }

  @Test
  void whatHasNoCopyStaysAsItIs() throws IOException {
    train(run, 40);
    transport.deliver(order);
    assertEquals(40, TrialStore.step(run));
  }

  private static Path train(Path run, long step) throws IOException {
    Files.createDirectories(run);
    Files.writeString(run.resolve("progress.json"), "{ \"step\" : %d }".formatted(step));
    return run;
  }
}
