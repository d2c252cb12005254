package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

  private static final String COVERAGE = "metrics=[{type=mode-coverage,samples=200}]";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void train() {
    assertEquals(
        0,
        run(
            "train",
            "gaussians-25-ddpm",
            "schedule.steps=20",
            "training.iterations=3",
            "training.sample-every=0",
            COVERAGE,
            "--run",
            folder.resolve("run").toString()),
        err::toString);
  }

  @Test
  void measuresWhatTrainingMeasuredAtItsEnd() {
    String trained = out.toString();
    String share = evaluate().lines().filter(l -> l.startsWith("high-quality")).findFirst().get();
    assertTrue(
        trained.contains("high-quality-share " + share.replaceFirst("\\S+ +", "")),
        trained + share);
  }

  @Test
  void takesAnotherSeedAndAnotherSampler() {
    String before = evaluate();
    assertEquals(before, evaluate());
    assertNotEquals(before, evaluate("--seed", "1"));
    assertNotEquals(before, evaluate("sampler.type=ddim", "sampler.steps=5"));
  }

  @Test
  void saysWhatCannotBeEvaluated() {
    assertEquals(1, run("evaluate", folder.resolve("run").toString(), "metrics=[]"));
    assertTrue(err.toString().contains("the run names no metrics; name some"), err::toString);
    assertEquals(2, run("evaluate", folder.resolve("run").toString(), "seed=1"));
    assertTrue(err.toString().contains("only sampler and metrics"), err::toString);
  }

  private String evaluate(String... arguments) {
    out.getBuffer().setLength(0);
    String[] all = new String[arguments.length + 2];
    all[0] = "evaluate";
    all[1] = folder.resolve("run").toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    assertEquals(0, run(all), err::toString);
    return out.toString();
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
