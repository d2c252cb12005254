package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that builds from sources, with a Maven that only makes a distribution. */
@DisabledOnOs(OS.WINDOWS)
@Tag("slow")
class SourceScriptTest {

  private static final String MAVEN =
      """
      #!/bin/sh
      if [ "$2" = -v ]; then echo 'Apache Maven 3.9.0'; exit; fi
      echo built >>builds
      sleep 0.3
      mkdir -p ddgan-cli/target/ddgan-1.0/bin
      printf '#!/bin/sh\\necho "ran $*"\\n' >ddgan-cli/target/ddgan-1.0/bin/ddgan
      chmod +x ddgan-cli/target/ddgan-1.0/bin/ddgan
      touch ddgan-cli/target/ddgan-1.0.zip
      """;

  private static final String JAVAC =
      """
      #!/bin/sh
      echo 'javac 17.0.1'
      """;

  @TempDir Path folder;

  private Path lock;

  @BeforeEach
  void makeSources() throws IOException {
    Script.write(folder.resolve("ddgan"), Files.readString(Path.of("../ddgan")));
    Script.write(folder.resolve("tools/bin/mvn"), MAVEN);
    Script.write(folder.resolve("tools/bin/javac"), JAVAC);
    Files.writeString(folder.resolve("pom.xml"), "<project>\n  <version>1.0</version>\n");
    for (String module : List.of("ddgan-cli", "extensions/one")) {
      Files.createDirectories(folder.resolve(module + "/src/main"));
      Files.writeString(folder.resolve(module + "/pom.xml"), "<project/>");
    }
    Files.createDirectories(folder.resolve(".mvn"));
    lock = folder.resolve("target/building");
  }

  @Test
  void ofTwoThatStartAtOnceOneBuilds() throws IOException, InterruptedException {
    Process one = start("one");
    Process other = start("other");
    List<String> lines = lines(one);
    assertTrue(lines.contains("ran one"), lines::toString);
    lines = lines(other);
    assertTrue(lines.contains("ran other"), lines::toString);
    assertEquals(1, builds());
    assertEquals(List.of("ran again"), lines(start("again")));
    assertEquals(1, builds());
    assertFalse(Files.exists(lock));
  }

  @Test
  void aBuildThatWasKilledKeepsNobodyFromBuilding() throws IOException, InterruptedException {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Files.createDirectories(lock);
    Files.writeString(lock.resolve("process"), ended.pid() + "\n");
    List<String> lines = lines(start("one"));
    assertTrue(lines.contains("ran one"), lines::toString);
    assertFalse(Files.exists(lock));
  }

  private int builds() throws IOException {
    return Files.readAllLines(folder.resolve("builds")).size();
  }

  private Process start(String word) throws IOException {
    Path tools = folder.resolve("tools");
    ProcessBuilder process =
        new ProcessBuilder(folder.resolve("ddgan").toString(), word).redirectErrorStream(true);
    process.environment().put("JAVA_HOME", tools.toString());
    process.environment().put("PATH", tools.resolve("bin") + ":" + System.getenv("PATH"));
    return process.start();
  }

  private static List<String> lines(Process process) throws IOException, InterruptedException {
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertEquals(0, process.waitFor(), lines::toString);
    return lines;
  }
}
