package io.ddgan.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.ProcessLauncher.Handle;
import io.ddgan.api.ProcessLauncher.Request;
import io.ddgan.api.ProcessLauncher.Resources;
import io.ddgan.api.ProcessLauncher.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep hears of trials, from a command that talks as the driver does. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Tag("slow")
class DriverSessionTest {

  @TempDir Path folder;

  @Test
  void trialsEndAsTheDriverSays() throws IOException, InterruptedException {
    Path submit =
        submit(
            """
            echo ready
            read -r launch order; read -r stop name
            echo "ended a 7 "
            echo "ended b unknown its+machine+is+lost"
            cat >/dev/null
            """);
    try (Session session = session(submit)) {
      Handle a = session.launch(trial("a"));
      Handle b = session.launch(trial("b"));
      assertEquals(OptionalInt.of(7), end(a));
      assertEquals(Optional.empty(), a.reason());
      assertEquals(OptionalInt.empty(), end(b));
      assertEquals(Optional.of("its machine is lost"), b.reason());
    }
    assertFalse(Files.exists(folder.resolve("launched")));
  }

  @Test
  void whatSparkRefusesEndsTheSweep() throws IOException {
    Path submit = submit("echo refused s3a%3A%2F%2Fx+cannot+be+used%3A+no+key; cat >/dev/null");
    assertEquals(
        "Spark cannot run trials: s3a://x cannot be used: no key", ending(submit).getMessage());
  }

  @Test
  void aDriverThatEndsTellsWhyAndWhereMoreIs() throws IOException {
    Path submit =
        submit(
            """
            echo "26/01/01 ERROR Backend: All masters are unresponsive" >&2
            echo "Exception in thread main: something" >&2
            exit 1
            """);
    String message = ending(submit).getMessage();
    assertTrue(
        message.startsWith(
            "Spark's driver has ended (26/01/01 ERROR Backend: All masters are unresponsive)"),
        message);
    Path log = folder.resolve("launched/spark.log");
    assertTrue(message.endsWith(log.toString()) && Files.exists(log), message);
  }

  @Test
  void aSweepIsCalledTheSameInItsStoreUntilItHasComeToItsEnd() throws IOException {
    Path submit = submit("echo \"$@\" >>" + folder.resolve("said") + "; exit 1");
    ending(submit);
    ending(submit);
    List<String> said = Files.readAllLines(folder.resolve("said"));
    assertEquals(2, said.size());
    assertEquals(said.get(0), said.get(1));
    assertTrue(said.get(0).contains(" s3a://bucket/sweeps/"), said.get(0));
  }

  @Test
  void aMachineWithoutSparkIsTold() throws IOException {
    Path nothing = folder.resolve("nowhere/spark-submit");
    String message = ending(nothing).getMessage();
    assertTrue(
        message.contains(nothing.toString()) && message.contains("launcher.submit"), message);
  }

  @Test
  void aDriverDoesNotHearTheTerminal() throws IOException, InterruptedException {
    Path submit =
        submit(
            """
            kill -INT $$; kill -HUP $$
            read -r launch order
            echo "ended a 0 "
            cat >/dev/null
            """);
    try (Session session = session(submit)) {
      assertEquals(OptionalInt.of(0), end(session.launch(trial("a"))));
    }
  }

  private IOException ending(Path submit) throws IOException {
    try (Session session = session(submit)) {
      return assertThrows(IOException.class, () -> end(session.launch(trial("a"))));
    }
  }

  private Session session(Path submit) throws IOException {
    Optional<String> store = Optional.of("s3a://bucket/sweeps");
    Optional<String> none = Optional.empty();
    return new SparkLauncher(Optional.of("local"), submit + "", 1, 4, store, none, List.of())
        .open(folder.resolve("launched"));
  }

  private static OptionalInt end(Handle trial) throws IOException, InterruptedException {
    while (trial.isActive()) {
      Thread.sleep(10);
    }
    return trial.exitCode();
  }

  private Path submit(String script) throws IOException {
    Path file = folder.resolve("spark-submit");
    Files.writeString(file, "#!/bin/bash\n" + script);
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  private Request trial(String name) {
    return new Request(
        name,
        folder.resolve("runs").resolve(name),
        "./ddgan",
        List.of("train", "a.conf"),
        folder.resolve(name + ".log"),
        new Resources(1, Optional.empty(), 1));
  }
}
