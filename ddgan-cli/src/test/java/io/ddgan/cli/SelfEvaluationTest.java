package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations during training. */
@Tag("slow")
class SelfEvaluationTest extends CommandTest {

  private static final List<String> POINTS =
      List.of(
          "train",
          "gaussians-25",
          "data.points-per-mode=40",
          "generator.width=32",
          "discriminator.width=32",
          "training.steps=60",
          "training.batch-size=64",
          "training.sample-every=0",
          "training.checkpoint-every=25",
          "training.keep-checkpoints=1",
          "training.ema-decay=0.5");

  private static final String METRICS = "evaluation.metrics=[{type=modes},{type=fid}]";

  @TempDir Path folder;

  @Test
  void bestCheckpointIsKeptAndCanBeEvaluated() throws IOException {
    train(
        "evaluation.every=10",
        "evaluation.samples=400",
        METRICS,
        "evaluation.keep-best=identity-fid");
    SortedMap<Long, Double> distances = column("identity-fid");
    assertEquals(List.of(10L, 20L, 30L, 40L, 50L, 60L), List.copyOf(distances.keySet()));
    long best =
        distances.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
    assertEquals(List.of("%08d".formatted(best)), names(run().resolve("best")));
    assertEquals(List.of("00000060"), names(run().resolve("checkpoints")));

    assertEquals(
        0,
        run("evaluate", run().toString(), "--checkpoint", "best", "--samples", "400", "--json"),
        err::toString);
    assertEquals(distances, column("identity-fid"), "the same as while training");
  }

  @Test
  void runIsEvaluatedAtItsEndByDefault() throws IOException {
    train("evaluation.samples=400", METRICS);
    assertEquals(List.of(60L), List.copyOf(column("identity-fid").keySet()));
    assertTrue(out.toString().contains("step 60: modes-covered"), out::toString);
  }

  @Test
  void evaluationDuringTrainingChangesNoWeights() throws IOException {
    train("evaluation.every=7", "evaluation.samples=400", METRICS);
    byte[] evaluated = Files.readAllBytes(weights());
    Files.move(run(), folder.resolve("evaluated"));
    train("evaluation.metrics=[]");
    assertArrayEquals(Files.readAllBytes(weights()), evaluated);
  }

  private Path weights() {
    return run().resolve("checkpoints/00000060/ema.safetensors");
  }

  @Test
  void unsuitableMetricsAreRefusedBeforeTraining() {
    assertRefused("evaluation.keep-best must be one of", "evaluation.keep-best=fid", METRICS);
    assertRefused(
        "evaluation.every", "evaluation.keep-best=identity-fid", METRICS, "evaluation.every=0");
    assertRefused("fid twice", "evaluation.metrics=[{type=fid},{type=fid,samples=10}]");
    assertRefused("needs class probabilities", "evaluation.metrics=[{type=inception-score}]");
  }

  private void assertRefused(String why, String... overrides) {
    err.getBuffer().setLength(0);
    List<String> arguments = new ArrayList<>(POINTS);
    arguments.addAll(List.of("evaluation.every=10", "--run", folder.resolve("refused").toString()));
    arguments.addAll(List.of(overrides));
    assertTrue(run(arguments.toArray(String[]::new)) != 0);
    assertTrue(err.toString().contains(why), err::toString);
  }

  private void train(String... overrides) {
    List<String> arguments = new ArrayList<>(POINTS);
    arguments.addAll(List.of(overrides));
    arguments.addAll(List.of("--run", run().toString()));
    assertEquals(0, run(arguments.toArray(String[]::new)), err::toString);
  }

  private Path run() {
    return folder.resolve("run");
  }

  private SortedMap<Long, Double> column(String name) throws IOException {
    SortedMap<Long, Double> values = new TreeMap<>();
    ConfigFactory.parseFile(run().resolve("evaluation.json").toFile())
        .getConfigList("results")
        .stream()
        .filter(result -> result.getString("metric").equals(name))
        .filter(result -> result.hasPath("checkpoint")) // real examples have none
        .forEach(result -> values.put(result.getLong("checkpoint"), result.getDouble("value")));
    return values;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
