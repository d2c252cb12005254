package io.ddgan.app.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs({OS.LINUX, OS.MAC})
class LocalProcessTest {

  private static final String STUCK = "trap '' TERM; echo; while :; do sleep 0.1; done";
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final OptionalInt KILLED = OptionalInt.of(137);

  @Test
  void closingKillsAProcessThatDoesNotEnd() throws IOException {
    LocalProcess process = start(STUCK, LONG, SHORT);
    assertTimeoutPreemptively(Duration.ofSeconds(20), process::close);
    assertEquals(KILLED, process.exitCode());
  }

  @Test
  void stoppedProcessIsKilledAfterATimeout() throws IOException, InterruptedException {
    LocalProcess process = start(STUCK, SHORT, LONG);
    assertTrue(process.isActive());
    process.stop();
    for (int i = 0; process.isActive(); i++) {
      assertTrue(i < 200);
      Thread.sleep(100);
    }
    assertEquals(KILLED, process.exitCode());
  }

  @Test
  void processEndsWhenItsStandardInputIsClosed() throws IOException {
    LocalProcess process = start("echo; cat; exit 3", LONG, LONG);
    process.close();
    assertFalse(process.isActive());
    assertEquals(OptionalInt.of(3), process.exitCode());
  }

  private static LocalProcess start(String script, Duration patience, Duration last)
      throws IOException {
    Process process = new ProcessBuilder("bash", "-c", script).start();
    assertEquals('\n', process.getInputStream().read());
    return new LocalProcess(process, patience, last);
  }
}
