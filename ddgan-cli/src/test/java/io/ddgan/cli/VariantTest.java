package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.file.Sha256;
import io.ddgan.internal.weights.WeightFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the variants of ablations and baselines with the commands; independent keys are combined.
 */
@Tag("slow")
class VariantTest extends CommandTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gaussians-25 schedule.steps=1",
        "gaussians-25 schedule.steps=8",
        "gaussians-25 schedule.type=cosine loss.type=hinge training.optimiser=adamw",
        "gaussians-25 parameterization.type=xt loss.type=least-squares training.ema-warm-up=false training.ema-half-life={from=100,to=1000}",
        "gaussians-25 parameterization.type=epsilon penalty.type=none",
        "gaussians-25 objective=one-shot",
        "gaussians-25 objective=one-shot schedule.steps=1",
        "gaussians-25 objective={type=diffusion-gan,adaptation-examples=100,every=1,noise-std=1} schedule.steps=40",
        "gaussians-25 objective.latent-distribution=none training.optimiser=sgd training.learning-rate-generator={from=0.01,to=0.001,steps=2}",
        "gaussians-25 generator.latent-size=1 objective.discriminator-inputs.time=false",
        "gaussians-25 objective.discriminator-inputs.xtp1=false objective.reconstruction-l1-weight=0.5 objective.reconstruction-l2-weight=2 objective.reconstruction-weighting=signal",
        "gaussians-25 loss.type=wasserstein penalty.type=wgan-gp",
        "gaussians-25-ddpm schedule.steps=10",
        "gaussians-25-ddpm schedule.steps=10 sampler.type=predictor-corrector",
        "gaussians-25-ddpm parameterization.type=x0 schedule.steps=10",
        "gaussians-25-ddpm parameterization.type=v objective.target=output schedule.steps=10 sampler.type=ddim sampler.steps=5",
        "gaussians-25 penalty=[{type=r1,gamma=0.1,every=1},{type=r1,gamma=0.1,every=3,at=generated}]",
        "gaussians-25 schedule.steps=2 training.micro-batches=4 training.gradient-clip=0.1",
        "gaussians-25-ddpm schedule.steps=4000",
        "smoke representation=haar",
        "gaussians-25 augmentation=[{type=rotation,probability={target=0.6,adaptation-examples=100,every=1}},noise] penalty.every=1",
        "gaussians-25 objective=one-shot augmentation=rotation training.micro-batches=2",
        "smoke augmentation=[color,translation,cutout,{type=blitting,probability={target=0.1,adaptation-examples=100,every=3}}] penalty.every=1",
      })
  void trainsResumesAndSamplesAndEveryKeyMatters(String experiment) throws IOException {
    Path whole = folder.resolve("whole");
    Path stopped = folder.resolve("stopped");
    assertEquals(0, train(experiment, 4, whole), err::toString);
    PathUtils.copyDirectory(whole, stopped);
    FileUtils.deleteDirectory(stopped.resolve("checkpoints/00000004").toFile());
    call("train", "--resume", "--run", stopped.toString());
    String file = "checkpoints/00000004/ema.safetensors";
    assertEquals(-1, Files.mismatch(whole.resolve(file), stopped.resolve(file)));
    String outcome = outcome(whole);
    assertTrue(out.toString().contains("3 samples from step 4"), out::toString);
    List<String> words = List.of(experiment.split(" "));
    for (String key : words.subList(1, words.size())) {
      List<String> others = new ArrayList<>(words);
      others.remove(key);
      Path without = folder.resolve("without");
      if (train(String.join(" ", others), 4, without) == 0) { // else the others need it
        assertNotEquals(outcome, outcome(without), key);
        PathUtils.delete(without);
      }
    }
  }

  /** The weights and samples of a training. */
  private String outcome(Path run) throws IOException {
    Path samples = folder.resolve("samples.npz");
    String[] sample = {"sample", run.toString(), "--count", "3", "--out", samples.toString()};
    call(sample);
    float[] values = WeightFormat.NPZ.read(samples).get("samples").toArray();
    return Sha256.of(run.resolve("checkpoints/00000004/ema.safetensors")) + Arrays.toString(values);
  }

  @Test
  void diffusionModelLearnsTheSpreadOfTheData() throws IOException {
    Path run = folder.resolve("run");
    String experiment = "gaussians-25-ddpm data.scale=0.7";
    assertEquals(0, train(experiment, 1500, run), err::toString);
    Path samples = folder.resolve("samples.npz");
    String sample = "sample %s sampler={type=ddim,steps=20} --batch-size 128 --count 128 --out %s";
    call(sample.formatted(run, samples).split(" "));
    float[] values = WeightFormat.NPZ.read(samples).get("samples").toArray();
    double mean = 0;
    double square = 0;
    for (float value : values) {
      mean += value / values.length;
      square += (double) value * value / values.length;
    }
    // The means of the modes are -1.4, -0.7, 0, 0.7 and 1.4 in each dimension.
    assertEquals(0, mean, 0.2);
    assertEquals(0.7 * Math.sqrt(2), Math.sqrt(square), 0.2);
  }

  private int train(String experiment, int iterations, Path run) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.addAll(List.of(experiment.strip().split(" ")));
    if (experiment.startsWith("smoke")) {
      arguments.add(FewGarments.write(folder.resolve("images")));
      arguments.add("generator.base-channels=4");
      arguments.add("discriminator.base-channels=2");
    }
    if (experiment.startsWith("gaussians-25")) {
      arguments.add("generator.width=64");
      arguments.add("data.points-per-mode=400");
    }
    if (!experiment.startsWith("gaussians-25-ddpm") && !experiment.startsWith("smoke")) {
      arguments.add("discriminator.width=64");
    }
    return run(
        arguments,
        "training={steps=%d,checkpoint-every=%d,batch-size=16,sample-every=0}"
            .formatted(iterations, iterations / 2),
        "evaluation.metrics=[]",
        "--run",
        run.toString());
  }
}
