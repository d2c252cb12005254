package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.ChildProcess.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command in a virtual machine of its own. */
@Tag("slow")
class StartUpTest {

  private static final List<String> LIGHT =
      List.of("--help", "list", "describe schedule.vp", "config experiment.conf", "config no");

  @TempDir Path folder;

  /** What one command loads stays loaded in those after it, of which none may be missing. */
  static final class LightCommands {

    private LightCommands() {}

    public static void main(String[] args) {
      PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      for (String command : LIGHT) {
        int code = Main.run(out, out, command.split(" "));
        out.println("%s ended with %d".formatted(command, code));
      }
    }
  }

  @Test
  void lightCommandsLoadNoNativeCodeAndStartNoLogging() throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("experiment.conf"),
        """
        data.type = example-data
        schedule.type = vp
        generator { type = example-sum, latent-size = 8 }
        discriminator.type = example-mean
        loss.type = example-loss
        penalty.type = example-penalty
        """);
    Outcome outcome =
        ChildProcess.startOther(LightCommands.class, folder, List.of("-verbose:class")).await();
    for (String command : LIGHT) {
      int code = command.equals("config no") ? 2 : 0;
      assertTrue(
          outcome.lines().contains("%s ended with %d".formatted(command, code)), outcome::toString);
    }
    assertTrue(outcome.lines().stream().anyMatch(line -> line.contains(" picocli.CommandLine ")));
    assertEquals(
        List.of(),
        outcome.lines().stream()
            .filter(
                line ->
                    line.matches(
                        ".* (org.nd4j.linalg.factory.Nd4j|org.bytedeco.javacpp.Loader"
                            + "|org.slf4j.LoggerFactory) .*"))
            .toList());
  }

  @Test
  void theProgramAppearsByTheNameThatItWasCalledBy() throws IOException, InterruptedException {
    List<String> name = List.of("-Dddgan.command=./ddgan");
    Outcome help = run(name, "train", "--help");
    assertTrue(help.lines().get(0).startsWith("Usage: ./ddgan train "), help.toString());
    assertTrue(help.toString().contains("./ddgan describe experiment"), help.toString());
    Outcome mistake = run(name, "train", "--nonsense");
    assertTrue(mistake.toString().contains("; see ./ddgan train --help"), mistake.toString());
    String run = folder.resolve("my run").toString();
    String data = FewGarments.write(folder.resolve("data"));
    Outcome training =
        run(
            name,
            "train",
            "smoke",
            data,
            "training.iterations=1",
            "training.sample-every=0",
            "--run",
            run);
    assertTrue(
        training.toString().contains("more samples with: ./ddgan sample '%s'".formatted(run)),
        training.toString());
  }

  @Test
  void numbersAreEnglishWhereverTheCommandRuns() throws IOException, InterruptedException {
    List<String> egypt = List.of("-Duser.language=ar", "-Duser.country=EG");
    String data = FewGarments.write(folder.resolve("data"));
    Outcome outcome = run(egypt, "train", "smoke", data, "--dry-run", "--no-estimate");
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertTrue(
        outcome.toString().contains("generator 55,713 parameters, discriminator 50,401; 20 steps"),
        outcome.toString());
  }

  @Test
  void aBrokenPlugInOnTheClassPathIsNamed() throws IOException, InterruptedException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve("io.ddgan.plugin.DdganPlugin"), "acme.Missing\n");
    Outcome outcome = ChildProcess.startWithFolder(folder, folder, "list").await();
    assertEquals(1, outcome.exitCode());
    assertEquals(1, outcome.lines().size(), outcome::toString);
    assertTrue(outcome.toString().contains("acme.Missing not found"), outcome::toString);
  }

  private Outcome run(List<String> options, String... args)
      throws IOException, InterruptedException {
    return ChildProcess.start(folder, options, args).await();
  }
}
