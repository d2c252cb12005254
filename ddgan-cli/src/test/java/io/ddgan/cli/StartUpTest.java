package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.ChildProcess.Outcome;
import io.ddgan.train.run.Environment;
import io.ddgan.train.run.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the command in a separate virtual machine with given threads and options. */
@Tag("slow")
class StartUpTest extends CommandTest {

  private static final List<String> LIGHT =
      List.of("--help", "list", "describe schedule.vp", "config experiment.conf", "config no");

  @TempDir Path folder;

  /** Runs all commands in one process, as loaded classes stay loaded. */
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
  void lightCommandsLoadNoNativeCodeAndNoLogging() throws IOException, InterruptedException {
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
  void messagesUseTheNameOfTheProgram() throws IOException, InterruptedException {
    List<String> name = List.of("-Dddgan.command=./ddgan");
    Outcome help = start(name, "train", "--help");
    assertTrue(help.lines().get(0).startsWith("Usage: ./ddgan train "), help.toString());
    assertTrue(help.toString().contains("./ddgan describe experiment"), help.toString());
    Outcome mistake = start(name, "train", "--nonsense");
    assertTrue(mistake.toString().contains("; see ./ddgan train --help"), mistake.toString());
    String run = folder.resolve("my run").toString();
    String data = FewGarments.write(folder.resolve("data"));
    Outcome training =
        start(
            name,
            "train",
            "smoke",
            data,
            "training.steps=1",
            "training.sample-every=0",
            "--run",
            run);
    assertTrue(
        training.toString().contains("sample with: ./ddgan sample '%s'".formatted(run)),
        training.toString());
  }

  @Test
  void numbersAreFormattedInEnglishInAnyLocale() throws IOException, InterruptedException {
    List<String> egypt = List.of("-Duser.language=ar", "-Duser.country=EG");
    String data = FewGarments.write(folder.resolve("data"));
    Outcome outcome = start(egypt, "train", "smoke", data, "--dry-run", "--no-estimate");
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertTrue(
        outcome.toString().contains("generator 55,713 parameters, discriminator 50,401; 20 steps"),
        outcome.toString());
  }

  @Test
  void brokenPluginOnTheClassPathIsReported() throws IOException, InterruptedException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve("io.ddgan.plugin.DdganPlugin"), "acme.Missing\n");
    Outcome outcome = ChildProcess.startWithFolder(folder, folder, "list").await();
    assertEquals(1, outcome.exitCode());
    assertEquals(1, outcome.lines().size(), outcome::toString);
    assertTrue(outcome.toString().contains("acme.Missing not found"), outcome::toString);
  }

  private Outcome start(List<String> options, String... args)
      throws IOException, InterruptedException {
    return ChildProcess.start(folder, options, args).await();
  }

  @Test
  void nativeLibraryUsesTheGivenNumberOfThreads() throws IOException, InterruptedException {
    PointsExperiment.write(folder, "training.steps = 1");
    Outcome outcome =
        ChildProcess.start(
                folder,
                Map.of("OMP_NUM_THREADS", "3"),
                "train",
                "points.conf",
                "--threads",
                "3",
                "--run",
                "run")
            .await();
    assertEquals(0, outcome.exitCode(), outcome::toString);
    Environment environment =
        Provenance.read(folder.resolve("run/provenance.json")).segments().get(0).environment();
    assertEquals("3", environment.fact(Provenance.THREADS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "sample", "evaluate", "bench", "play"})
  void threadsSetTooLateAreRefused(String command) {
    assertEquals(2, run(command, "smoke", "--threads", "93"), this::printed);
    assertTrue(printed().contains("'--threads': must be known before Java"), this::printed);
  }

  @Test
  void unavailableExecutorIsRefused() {
    String run = folder.resolve("run").toString();
    assertEquals(2, run("train", "smoke", "executor=onednn", "--run", run));
    assertTrue(
        err.toString()
            .contains(
                "executor: onednn is not available: start Java with --add-modules jdk.incubator.vector"),
        err::toString);
    assertTrue(Files.notExists(folder.resolve("run")));
  }

  @Test
  void trainingIsBitwiseIndependentOfThreadsAndRecordsTheExecutor()
      throws IOException, InterruptedException {
    String data = FewGarments.write(folder.resolve("data"));
    for (int threads : List.of(1, 3)) {
      Outcome outcome = train(data, threads);
      assertEquals(0, outcome.exitCode(), outcome::toString);
      assertTrue(
          Files.readString(folder.resolve(threads + "/provenance.json"))
              .contains("\"executor\" : \"onednn\""));
      assertArrayEquals(weights(1), weights(threads));
    }
  }

  private byte[] weights(int threads) throws IOException {
    return Files.readAllBytes(
        folder.resolve(threads + "/checkpoints/00000002/generator.safetensors"));
  }

  private Outcome train(String data, int threads) throws IOException, InterruptedException {
    return ChildProcess.start(
            folder,
            Map.of("OMP_NUM_THREADS", Integer.toString(threads)),
            List.of("--add-modules", "jdk.incubator.vector"),
            "train",
            "smoke",
            data,
            "training.steps=2",
            "training.batch-size=2",
            "training.sample-every=0",
            "generator.base-channels=4",
            "discriminator.base-channels=2",
            // whose probability the first step changes for the second
            "augmentation={type=blitting,probability={target=0.6,start=0.5,adaptation-examples=32,every=1}}",
            "--run",
            Integer.toString(threads))
        .await();
  }
}
