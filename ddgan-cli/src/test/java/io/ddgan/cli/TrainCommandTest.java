package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.ChildProcess.Outcome;
import io.ddgan.internal.weights.Npz;
import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.checkpoint.Checkpoint;
import io.ddgan.train.checkpoint.CheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class TrainCommandTest extends CommandTest {

  /** The overrides of the run that most tests copy. */
  private static final String KEYS =
      "training={steps=4,log-every=2,sample-every=2,checkpoint-every=1,keep-checkpoints=4}";

  private static final String NO_PICTURES = "training.sample-every=0";

  @TempDir static Path shared;

  private static String garments;

  @TempDir Path folder;

  private String data = garments;

  @BeforeAll
  static void trainOnce() throws IOException {
    garments = FewGarments.write(shared.resolve("data"));
    String run = shared.resolve("run").toString();
    Outcome trained = Outcome.here("train", "smoke", garments, KEYS, "--run", run);
    assertEquals(0, trained.exitCode(), trained.toString());
  }

  @Test
  void trainsAndSamples() throws IOException {
    Path run = trained();
    for (String file :
        List.of(
            "experiment.conf",
            "provenance.json",
            "metrics.csv",
            "log.txt",
            "samples/00000002.png",
            "samples/00000004.png",
            "checkpoints/00000004/ema.safetensors")) {
      assertTrue(Files.size(run.resolve(file)) > 0, file);
    }
    Path picture = folder.resolve("out/picture.png");
    call("sample", run.toString(), "--count", "5", "--out", picture.toString());
    call("sample", run.toString(), "--count", "2", "--batch-size", "2147483647");
    assertEquals(1, run("sample", run.toString(), "--count", "2147483647"), this::printed);
    assertTrue(out.toString().contains("5 samples from step 4: " + picture + "\n"), this::printed);
    assertTrue(out.toString().contains("; 2 network evaluations per sample"), this::printed);
    assertTrue(ImageIO.read(picture.toFile()).getWidth() > 3 * 32);

    Path pictures = folder.resolve("each");
    call("sample", run.toString(), "--count", "3", "--out", pictures.toString());
    assertEquals(32, ImageIO.read(pictures.resolve("000002.png").toFile()).getHeight());
  }

  @Test
  void samplesFromEarlierCheckpointsAndRawWeights() throws IOException {
    Path run = trained();
    float[] latest = samples(run, 2, "--checkpoint", "latest");
    assertArrayEquals(latest, samples(run, 2));
    assertArrayEquals(latest, samples(run, 2, "--checkpoint", "4"));
    assertFalse(Arrays.equals(latest, samples(run, 2, "--checkpoint", "2")));
    assertFalse(Arrays.equals(latest, samples(run, 2, "--raw")));
    call("sample", run.toString(), "--checkpoint=2", "--raw");
    assertTrue(Files.exists(run.resolve("samples/step-2-raw-seed-0.png")), this::printed);
    assertEquals(2, run("sample", run.toString(), "--checkpoint", "all"));
    assertEquals(1, run("sample", run.toString(), "--checkpoint", "7"));
    assertEquals(1, run("sample", run.toString(), "--checkpoint", "best"));
    assertTrue(
        err.toString().contains("must be a step, latest or best; got all")
            && err.toString().contains(" has no checkpoint of step 7, only of [1, 2, 3, 4]")
            && err.toString().contains(" has no best checkpoint"),
        this::printed);
  }

  @Test
  void checkpointWithoutUpdateCountsIsResumed() throws IOException {
    Path whole = trained();
    Path stopped = folder.resolve("stopped");
    FileUtils.copyDirectory(whole.toFile(), stopped.toFile());

    Checkpoint second = new CheckpointStore(stopped.resolve("checkpoints"), 3).load(2);
    Map<String, Safetensors> parts = new TreeMap<>();
    second.parts().forEach((name, part) -> parts.put(name, withoutCount(part)));
    Files.move(stopped.resolve("checkpoints"), folder.resolve("new"));
    new CheckpointStore(stopped.resolve("checkpoints"), 3).save(new Checkpoint(2, parts));

    call("train", "--resume", "--run", stopped.toString());
    for (String part : List.of("generator", "discriminator", "generator-adam-mean")) {
      String file = "checkpoints/00000004/%s.safetensors".formatted(part);
      assertEquals(-1, Files.mismatch(whole.resolve(file), stopped.resolve(file)), part);
    }
  }

  private static Safetensors withoutCount(Safetensors part) {
    Map<String, String> metadata = new TreeMap<>(part.metadata());
    metadata.remove("updates");
    return new Safetensors(part.tensors(), metadata);
  }

  @Test
  void samplesDoNotDependOnTheBatch() throws IOException {
    Path run = trained();
    float[] together = samples(run, 6, "--seed", "7");
    for (String batch : List.of("1", "4", "6")) {
      float[] apart = samples(run, 6, "--seed", "7", "--batch-size", batch);
      float[] fewer = samples(run, 5, "--seed", "7", "--batch-size", batch);
      assertArrayEquals(together, apart, 1e-5f);
      assertArrayEquals(Arrays.copyOf(together, fewer.length), fewer, 1e-5f);
    }
  }

  @Test
  void runIsNotResumedWithAnotherConfiguration() throws IOException {
    Path run = trained();
    assertEquals(1, train(run, KEYS, "seed=3", "--resume"));
    assertTrue(err.toString().contains("(seed was 0, now 3)"), this::printed);
  }

  @Test
  void errorsOfResumingAndSamplingNameTheRemedy() {
    Path run = folder.resolve("none");
    assertEquals(1, run("train", "--resume", "--run", run.toString()));
    assertEquals(1, run("sample", run.toString()));
    assertEquals(2, run("train"));
    String missing =
        "ddgan: %s does not exist; start a run with train, or name the folder of one\n"
            .formatted(run);
    assertEquals(
        missing
            + missing
            + "ddgan: nothing to train; give a preset, a file, or --resume --run DIR; see ddgan train --help\n",
        err.toString());
  }

  @Test
  void networksThatDoNotFitTheDataAreRefused() throws IOException {
    Path run = folder.resolve("run");
    data = "data.type=gaussians-25";
    assertEquals(2, train(run));
    assertEquals(
        "ddgan: presets/smoke.conf:4, with data.type=gaussians-25: generator: ncsnpp with 2 channel-multipliers needs images whose height and width are multiples of 2, not data of the shape 2\n",
        err.toString());
    Path file = Files.writeString(folder.resolve("my.conf"), "base = smoke, " + data);
    assertEquals(2, run("train", file.toString(), "--run", run.toString()));
    String place = "ddgan: presets/smoke.conf:4, with %s: generator: ncsnpp".formatted(file);
    assertTrue(err.toString().contains("\n" + place), this::printed);
    data = garments;
    assertEquals(2, train(run, "training.batch-size=6"));
    assertTrue(
        err.toString().contains(": discriminator: this discriminator compares"), this::printed);
    assertTrue(
        err.toString().endsWith("so the batch must be a multiple of 4, not 6\n"), this::printed);
    assertEquals(2, train(run, "training.batch-size=12", "training.micro-batches=2"));
    assertTrue(
        err.toString().contains("training.micro-batches: 2 micro-batches of a batch of 12 "),
        this::printed);
    assertEquals(2, train(run, "representation=haar", "representation.levels=9"));
    assertTrue(err.toString().contains("\nddgan: command line: representation: "), this::printed);
    assertFalse(Files.exists(run));
  }

  @Test
  void microBatchesMustSuitTheNetworks() {
    String[] keys = {
      "training.batch-size=6", "training.micro-batches=2", "training.steps=1", NO_PICTURES
    };
    Path run = folder.resolve("run");
    assertEquals(0, train(run, keys), this::printed);
    keys[3] = "--dry-run";
    assertEquals(0, train(folder.resolve("dry"), keys), this::printed);
    keys[3] = "init-from=" + run;
    assertEquals(0, train(folder.resolve("begun"), keys), this::printed);
  }

  @Test
  void imagesOfOtherClassesAndChannelsStartFromTheWeightsThatFit() {
    String[] keys = {
      "init-from=" + shared.resolve("run"),
      "representation=haar",
      "generator.class-conditional=true",
      "--dry-run",
      "--no-estimate"
    };
    assertEquals(0, train(folder.resolve("dry"), keys), this::printed);
    String printed = out.toString();
    assertTrue(printed.contains("\ndiscriminator: has 9"), printed);
    assertTrue(printed.contains("\ngenerator: has 9"), printed);
    assertTrue(printed.contains("class_embed.time.weight [32, 10], "), printed);
    assertTrue(printed.matches("(?s).* \\[8, 4, 3, 3] instead of \\[8, 1, 3, 3].*"), printed);
  }

  @Test
  void nonFiniteValueStopsTheRunAfterTheLastCheckpoint() throws IOException {
    Path run = folder.resolve("run");
    String[] experiment = {
      "train",
      "gaussians-25",
      "data=null",
      "data={type = example-poison}",
      "training.steps=16",
      "training.batch-size=4",
      "training.checkpoint-every=1",
      "evaluation.metrics=[]",
      "--run",
      run.toString()
    };
    assertEquals(1, run(experiment));
    String message = "ddgan: discriminator-loss-real is NaN in step ";
    assertTrue(err.toString().startsWith(message), this::printed);
    int step =
        Integer.parseInt(err.toString().substring(message.length(), err.toString().indexOf(';')));
    assertTrue(Files.exists(run.resolve("checkpoints/%08d/state.json".formatted(step - 1))));
    assertFalse(Files.exists(run.resolve("checkpoints/%08d".formatted(step))));
    assertTrue(
        Files.readString(run.resolve("log.txt"))
            .contains("NotFiniteException: discriminator-loss-real is NaN in step " + step));
    call("sample", run.toString());
    assertTrue(out.toString().contains("3,000 samples from step "), "as few hide modes");
    assertTrue(out.toString().contains("\nblue: data, orange: generated"), this::printed);
  }

  @Test
  void damagedCheckpointIsReportedAndKept() throws IOException {
    Path run = trained();
    Path file = run.resolve("checkpoints/00000004/ema.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 5] ^= 1;
    Files.write(file, bytes);
    assertEquals(1, run("sample", run.toString()));
    assertTrue(err.toString().contains(file.toString()), this::printed);
    assertTrue(err.toString().contains("from step 3,"), this::printed);
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void samplingReadsOnlyTheNeededPartsOfACheckpoint() throws IOException {
    Path run = trained();
    float[] before = samples(run, 2);
    Path checkpoint = run.resolve("checkpoints/00000004");
    Files.delete(checkpoint.resolve("generator-adam-mean.safetensors"));
    String[] begun = {"init-from=" + run, "training.steps=0"};
    assertEquals(0, train(folder.resolve("begun"), begun), this::printed);
    Files.delete(checkpoint.resolve("discriminator.safetensors"));
    assertEquals(1, train(folder.resolve("not-begun"), begun));
    assertTrue(err.toString().contains("discriminator.safetensors is damaged"), this::printed);
    assertArrayEquals(before, samples(run, 2));
    String model = folder.resolve("model").toString();
    call("export", run.toString(), "--model", model);
    assertEquals(1, run("export", run.toString(), "--model", model + "2", "--with-discriminator"));
  }

  @Test
  void nonFiniteSamplesAreNotWritten() throws IOException {
    Path run = trained();
    CheckpointStore store = new CheckpointStore(run.resolve("checkpoints"), 5);
    Map<String, Safetensors> parts = new TreeMap<>(store.load(4).parts());
    parts.computeIfPresent(Checkpoint.EMA, (name, weights) -> huge(weights));
    store.save(new Checkpoint(5, parts));
    Path out = folder.resolve("samples.npz");
    assertEquals(1, run("sample", run.toString(), "--out", out.toString()));
    assertTrue(printed().contains("of step 5 is not finite"), this::printed);
    assertFalse(Files.exists(out));
  }

  private static Safetensors huge(Safetensors weights) {
    Map<String, Tensor> tensors = new TreeMap<>();
    weights
        .tensors()
        .forEach(
            (name, tensor) -> {
              float[] values = tensor.toArray();
              Arrays.fill(values, 3e38f);
              tensors.put(name, Tensor.of(tensor.shape(), values));
            });
    return new Safetensors(tensors, weights.metadata());
  }

  private float[] samples(Path run, int count, String... options) throws IOException {
    Path file = folder.resolve("samples.npz");
    List<String> words =
        List.of("sample", run.toString(), "--out", file.toString(), "--count", "" + count);
    assertEquals(0, run(words, options), this::printed);
    return Npz.read(file).get("samples").toArray();
  }

  /** Returns a copy of a run that is trained once. */
  private Path trained() throws IOException {
    Path run = folder.resolve("run");
    FileUtils.copyDirectory(shared.resolve("run").toFile(), run.toFile());
    return run;
  }

  private int train(Path run, String... args) {
    return run(List.of("train", "smoke", data, "--run", run.toString()), args);
  }
}
