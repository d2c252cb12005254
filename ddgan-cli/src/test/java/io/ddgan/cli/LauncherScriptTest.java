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
      if [ "$3" = -version ]; then
        echo 'openjdk version "17.0.1" 2021-10-19' >&2
      else
        echo "threads=$OMP_NUM_THREADS"
        echo "locale=$LC_ALL"
        for word in "$@"; do echo "$word"; done
      fi
      """;

  @TempDir Path folder;

  private Path script;

  @BeforeEach
  void install() throws IOException {
    script = folder.resolve("dist/bin/ddgan");
    Script.write(script, Files.readString(Path.of("src/main/dist/bin/ddgan")));
    Script.write(folder.resolve("java/bin/java"), JAVA);
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

  @Test
  void aJavaThatDoesNotStartIsQuoted() throws IOException, InterruptedException {
    Script.write(
        folder.resolve("java/bin/java"), "#!/bin/sh\necho 'Could not allocate' >&2\nexit 1\n");
    List<String> lines = said(1, Map.of(), script.toString(), "list");
    assertTrue(lines.get(0).startsWith("ddgan: "), lines::toString);
    assertTrue(
        lines.get(0).contains("java/bin/java does not start: Could not allocate"), lines::toString);
  }

  @Test
  void whereAllLettersAreAsciiJavaIsToldOfUnicode() throws IOException, InterruptedException {
    Map<String, String> ascii = Map.of("LC_ALL", "C");
    assertEquals("locale=C.UTF-8", said(ascii, script.toString(), "list").get(1));
  }

  private List<String> said(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return said(0, environment, command);
  }

  private List<String> said(int exitCode, Map<String, String> environment, String... command)
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
    assertEquals(exitCode, process.waitFor(), lines::toString);
    return lines;
  }
}
