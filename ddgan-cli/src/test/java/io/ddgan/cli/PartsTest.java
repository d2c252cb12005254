package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.internal.weights.Npz;
import io.ddgan.internal.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sampling in parts by separate processes or other launchers. */
@Tag("slow")
class PartsTest extends CommandTest {

  @TempDir static Path trained;

  @TempDir Path folder;

  private String run;
  private Path commands;

  @BeforeAll
  static void train() throws IOException {
    PointsExperiment.train(trained, "training.steps = 2", "run");
  }

  @BeforeEach
  void copyRun() throws IOException {
    FileUtils.copyDirectory(trained.toFile(), folder.toFile());
    run = folder.resolve("run").toString();
    commands = folder.resolve("commands.txt");
    write("here.conf", "launcher.type = example-here");
    write("list.conf", "launcher { type = example-list, file = \"%s\" }".formatted(commands));
  }

  @Test
  void partsHaveTheBitsOfOneProcess() throws IOException {
    assertEquals(0, sample("whole"), this::printed);
    assertEquals(0, sample("parts", "--parts", "2"), this::printed);
    assertArrayEquals(samples("whole"), samples("parts"));
    assertNothingIsLeft();
    assertEquals(0, sample("some", "--offset", "32", "--count", "168"), this::printed);
    float[] whole = values("whole");
    assertArrayEquals(Arrays.copyOfRange(whole, 32 * 2, whole.length), values("some"));
  }

  @Test
  void anyCheckpointCanBeSampledInParts() throws IOException {
    List<String> raw = List.of("--raw", "--checkpoint", "2", "--seed", "7", "--count", "40");
    assertEquals(0, sample("whole", raw.toArray(String[]::new)), this::printed);
    List<String> inParts = new ArrayList<>(List.of("--parts", "2", "--workers", "1"));
    inParts.addAll(List.of("--launcher", file("here.conf")));
    inParts.addAll(raw);
    assertEquals(0, sample("parts", inParts.toArray(String[]::new)), this::printed);
    assertArrayEquals(samples("whole"), samples("parts"));
  }

  @Test
  void externalPartsAreCollectedAndDamagedOnesRepeated() throws IOException {
    String[] inParts = {"--parts", "2", "--launcher", file("list.conf")};
    assertEquals(0, sample("whole"), this::printed);
    assertEquals(1, sample("parts", inParts), this::printed);
    assertTrue(printed().contains(" 0 to 95 failed"), this::printed);
    assertFalse(Files.exists(folder.resolve("parts.npz")));
    makeWhatIsListed();
    assertEquals(1, sample("parts", inParts), this::printed);
    assertTrue(printed().contains(" 96 to 199 failed"), this::printed);
    makeWhatIsListed();
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      Path part = files.filter(f -> f.endsWith("part-0-96/part.npz")).findFirst().orElseThrow();
      Npz.write(part, Map.of("samples", Tensor.of(List.of(1L), new float[1])));
    }
    assertEquals(1, sample("parts", inParts), this::printed);
    assertTrue(printed().contains("part.npz"), this::printed);
    assertEquals(1, sample("parts", inParts), this::printed);
    makeWhatIsListed();
    assertEquals(0, sample("parts", inParts), this::printed);
    assertArrayEquals(samples("whole"), samples("parts"));
    assertFalse(Files.exists(commands), "nothing is made twice");
  }

  @Test
  void evaluationReusesFinishedParts() throws IOException {
    assertEquals(0, evaluate(), this::printed);
    List<?> here = new EvaluationFiles(Path.of(run)).read();
    Files.delete(Path.of(run, "evaluation.json"));
    String[] inParts = {"--parts", "2", "--skip-existing", "--launcher", file("list.conf")};
    assertEquals(1, evaluate(inParts), this::printed);
    makeWhatIsListed();
    assertEquals(1, evaluate(inParts), this::printed);
    makeWhatIsListed();
    assertEquals(0, evaluate(inParts), this::printed);
    assertEquals(here, new EvaluationFiles(Path.of(run)).read());
  }

  @Test
  void unsuitablePartsAreRefused() throws IOException {
    assertEquals(2, sample("parts", "--parts", "0"));
    assertEquals(2, sample("parts", "--parts", "2", "--offset", "5"));
    assertEquals(2, sample("parts", "--workers", "2"));
    assertEquals(2, sample("parts", "--launcher", file("list.conf")));
    assertEquals(1, sample("parts", "--offset", "2147483647"));
    assertEquals(2, evaluate("--launcher", file("list.conf")));
    write("nowhere.conf", "seeds = [1]");
    assertEquals(2, sample("parts", "--parts", "2", "--launcher", file("nowhere.conf")));
    assertTrue(printed().contains("launcher: missing"), this::printed);
    assertEquals(2, run("evaluate", run, run, "--parts", "2", "--metrics", "fid"));
  }

  private void makeWhatIsListed() throws IOException {
    List<String> lines = Files.readAllLines(commands);
    Files.delete(commands);
    for (String line : lines) {
      call(line.substring(line.indexOf(": ") + 2).split(" "));
    }
  }

  private int sample(String name, String... options) {
    List<String> words = new ArrayList<>(List.of("sample", run));
    if (!List.of(options).contains("--count")) {
      words.addAll(List.of("--count", "200"));
    }
    words.addAll(List.of("--batch-size", "32", "--out", folder.resolve(name + ".npz").toString()));
    words.addAll(List.of("--cache", folder.resolve("cache").toString()));
    words.addAll(List.of(options));
    return run(words.toArray(String[]::new));
  }

  private int evaluate(String... options) {
    List<String> words = new ArrayList<>(List.of("evaluate", run, "--metrics", "fid"));
    words.addAll(List.of("--samples", "200", "--no-real-baseline"));
    words.addAll(List.of("--cache", folder.resolve("cache").toString()));
    words.addAll(List.of(options));
    return run(words.toArray(String[]::new));
  }

  private byte[] samples(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name + ".npz"));
  }

  private float[] values(String name) throws IOException {
    return Npz.read(folder.resolve(name + ".npz")).get("samples").toArray();
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.walk(folder.resolve("cache"))) {
      assertEquals(List.of(), left.filter(file -> file.endsWith("part.npz")).toList());
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }
}
