package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts Java, with a Java that only says what it was given. */
@DisabledOnOs(OS.WINDOWS)
@Tag("slow")
class LauncherScriptTest {

  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then
        echo 'openjdk version "17.0.1" 2021-10-19' >&2
      else
        echo "threads=$OMP_NUM_THREADS"
        for word in "$@"; do echo "$word"; done
      fi
      """;

  @TempDir Path folder;

  private Path script;

  @BeforeEach
  void install() throws IOException {
    script = folder.resolve("dist/bin/ddgan");
    executable(script, Files.readString(Path.of("src/main/dist/bin/ddgan")));
    executable(folder.resolve("java/bin/java"), JAVA);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertTrue(file.toFile().setExecutable(true));
  }

  @Test
  void javaIsToldWhatWasTyped() throws IOException, InterruptedException {
    assertTrue(said(Map.of(), "dist/bin/ddgan").contains("-Dddgan.command=dist/bin/ddgan"));
    assertTrue(
        said(Map.of("DDGAN_COMMAND", "./ddgan"), script.toString())
            .contains("-Dddgan.command=./ddgan"));
    Map<String, String> path = Map.of("PATH", script.getParent() + ":" + System.getenv("PATH"));
    assertTrue(said(path, "sh", "-c", "ddgan list").contains("-Dddgan.command=ddgan"));
  }

  @Test
  void theThreadsOfATrainingAreInTheEnvironment() throws IOException, InterruptedException {
    String command = script.toString();
    assertEquals("threads=3", said(Map.of(), command, "train", "x", "--threads", "3").get(0));
    assertEquals("threads=3", said(Map.of(), command, "train", "--threads=3", "x").get(0));
    Map<String, String> five = Map.of("OMP_NUM_THREADS", "5");
    assertEquals("threads=3", said(five, command, "train", "x", "--threads", "3").get(0));
    assertEquals("threads=5", said(five, command, "train", "x").get(0));
    assertEquals("threads=5", said(five, command, "sweep", "x", "--threads", "3").get(0));
  }

  private List<String> said(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command))).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
    Process process = builder.redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertEquals(0, process.waitFor(), lines::toString);
    return lines;
  }
}
