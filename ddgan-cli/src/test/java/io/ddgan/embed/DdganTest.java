package io.ddgan.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.Model;
import io.ddgan.api.RefusedException;
import io.ddgan.api.TrainingListener;
import io.ddgan.cli.Main;
import io.ddgan.config.ConfigurationException;
import io.ddgan.train.experiment.Experiment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DdganTest {

  private static final TrainingListener NOBODY = new TrainingListener() {};

  @TempDir Path folder;

  private final Ddgan ddgan = Ddgan.open();

  @AfterEach
  void close() {
    ddgan.close();
  }

  private Experiment points(String... more) {
    List<String> overrides =
        new ArrayList<>(
            List.of(
                "data.points-per-mode=40",
                "training.steps=6",
                "training.batch-size=8",
                "training.sample-every=0",
                "generator.width=8",
                "discriminator.width=8",
                "evaluation.metrics=[]"));
    overrides.addAll(List.of(more));
    return ddgan.experiment("gaussians-25", overrides.toArray(String[]::new));
  }

  private Path trained() throws Exception {
    Path run = folder.resolve("run");
    ddgan.train(points(), run, NOBODY);
    return run;
  }

  private static TrainingListener stepping(LongConsumer stepped) {
    return new TrainingListener() {
      @Override
      public void onStepEnd(long step, Map<String, Double> values) {
        stepped.accept(step);
      }
    };
  }

  @Test
  void trainsStopsResumesAndSamples() throws Exception {
    Path run = folder.resolve("run");
    List<Long> heard = new ArrayList<>();
    TrainingListener listener = stepping(heard::add);
    assertEquals(2, ddgan.train(points(), run, listener, () -> heard.size() == 2));
    assertEquals(6, ddgan.train(points(), run, listener));
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L), heard);
    try (Model model = ddgan.load(run)) {
      assertEquals(DataShape.point(2), model.shape());
      assertEquals(6, model.step());
      float[] three = model.sample(3, 7);
      assertEquals(6, three.length);
      assertArrayEquals(three, Arrays.copyOf(model.sample(5, 7), 6));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gaussians-25", "mnist"})
  void aSampleHasTheSameBitsAmongAnyNumberOfOthers(String name) throws Exception {
    try (Model model = ddgan.load(Path.of("src/main/dist/models", name))) {
      float[] expected = model.sample(45, 7);
      for (int count : List.of(1, 2, 3, 5, 11, 32, 33)) {
        float[] samples = model.sample(count, 7);
        assertEquals(count * model.shape().size(), samples.length);
        assertArrayEquals(Arrays.copyOf(expected, samples.length), samples, count + " samples");
      }
    }
  }

  @Test
  void interruptedTrainingSavesAndResumes() throws Exception {
    Path run = folder.resolve("run");
    List<Long> heard = new ArrayList<>();
    Thread caller = Thread.currentThread();
    TrainingListener listener =
        stepping(
            step -> {
              heard.add(step);
              if (step == 2) {
                caller.interrupt();
                LockSupport.parkNanos(200_000_000); // until the caller has woken up
              }
            });
    assertThrows(InterruptedException.class, () -> ddgan.train(points(), run, listener));
    assertFalse(Thread.interrupted());
    try (Model model = ddgan.load(run)) {
      assertEquals(3, model.step());
    }
    assertEquals(6, ddgan.train(points(), run, listener));
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L), heard);
  }

  @Test
  void listenerExceptionsAreRethrownAndListenersMayUseTheRun() throws Exception {
    Path run = folder.resolve("run");
    List<Integer> sizes = new ArrayList<>();
    TrainingListener sampler =
        new TrainingListener() {
          @Override
          public void onCheckpoint(long done, Path checkpoint) {
            try (Model model = ddgan.load(run)) {
              sizes.add(model.sample(2, 0).length);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    ddgan.train(points("training.checkpoint-every=3"), run, sampler);
    assertEquals(List.of(4, 4), sizes);
    CompletionException thrown = new CompletionException("joined", new IOException("inner"));
    TrainingListener thrower =
        stepping(
            step -> {
              throw thrown;
            });
    Path other = folder.resolve("other");
    assertSame(
        thrown,
        assertThrows(CompletionException.class, () -> ddgan.train(points(), other, thrower)));
  }

  @Test
  void interruptedCallersGetResultsAndStayInterrupted() throws Exception {
    Path run = trained();
    Thread.currentThread().interrupt();
    try (Model model = ddgan.load(run)) {
      assertTrue(Thread.currentThread().isInterrupted());
      assertEquals(4, model.sample(2, 0).length);
      Map<String, Double> values =
          ddgan.evaluate(run, "evaluation.metrics=[{type = modes, samples = 64}]");
      assertEquals(25, values.get("modes-total"));
      assertTrue(values.containsKey("modes-covered"));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void modelIsThreadSafe() throws Exception {
    Path run = trained();
    Model model = ddgan.load(run);
    float[] expected = model.sample(20, 0);
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                for (int k = 0; k < 50; k++) {
                  assertArrayEquals(expected, model.sample(20, 0));
                }
              }));
    }
    for (CompletableFuture<Void> thread : threads) {
      thread.get();
    }
    CompletableFuture<Void> endless =
        CompletableFuture.runAsync(
            () -> {
              while (true) {
                model.sample(20, 0);
              }
            });
    model.close();
    Throwable end = assertThrows(ExecutionException.class, endless::get).getCause();
    assertEquals(
        "java.lang.IllegalStateException: the model of %s is closed".formatted(run),
        end.toString());
    model.close();
  }

  @Test
  void invalidKeysAndMissingPluginFoldersAreRefused() {
    Path run = folder.resolve("run");
    Experiment experiment = ddgan.experiment("smoke", "generator.attention-resolutions=[7]");
    String refused =
        assertThrows(ConfigurationException.class, () -> ddgan.train(experiment, run, NOBODY))
            .getMessage();
    assertTrue(refused.contains("attention-resolutions has 7"), refused);
    assertFalse(Files.exists(run));
    assertThrows(RefusedException.class, () -> Ddgan.open(folder.resolve("nowhere")));
  }

  @Test
  void trainingStopsIfItsFolderIsRemoved() {
    Path run = folder.resolve("run");
    List<Long> heard = new ArrayList<>();
    TrainingListener remover =
        stepping(
            step -> {
              heard.add(step);
              if (step == 1) {
                remove(run);
              }
            });
    String message =
        assertThrows(
                IOException.class,
                () -> ddgan.train(points("training.checkpoint-every=3"), run, remover))
            .getMessage();
    assertTrue(message.startsWith("the folder of the run %s was removed or ren".formatted(run)));
    assertEquals(List.of(0L, 1L), heard);
    assertFalse(Files.exists(run));
  }

  private static void remove(Path run) {
    try {
      PathUtils.delete(run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void listenerIsNotifiedOfAllSamplingAndEvaluationProgress() throws Exception {
    Set<String> heard = new LinkedHashSet<>();
    ddgan.train(
        points(
            "training.steps=1",
            "training.sample-every=1",
            "training.sample-count=10",
            "schedule.steps=2",
            "evaluation.metrics=[{type = modes, samples = 64}]"),
        folder.resolve("run"),
        new TrainingListener() {
          @Override
          public void onSamples(long done, Path picture) {
            heard.add("picture");
          }

          @Override
          public void onSamplingProgress(int evaluations, int all) {
            heard.add("%d of %d".formatted(evaluations, all));
          }

          @Override
          public void onEvaluationProgress(String what, int done, int all) {
            heard.add("%s: %d of %d".formatted(what, done, all));
          }
        });
    List<String> expected =
        new ArrayList<>(List.of("1 of 4", "2 of 4", "3 of 4", "4 of 4", "picture"));
    for (int done = 0; done <= 64; done += 4) { // a batch of 8 takes two evaluations
      expected.add("generated examples: %d of 64".formatted(done));
    }
    expected.add("metrics: 0 of 1");
    assertEquals(expected, List.copyOf(heard));
  }

  @Test
  void folderOfAnotherExperimentIsRefused() throws Exception {
    Path run = trained();
    String refused =
        assertThrows(RefusedException.class, () -> ddgan.train(points("seed=1"), run, NOBODY))
            .getMessage();
    assertTrue(refused.contains("(seed was 0, now 1)"), refused);
    String others = "init-from=" + run;
    String unfit =
        assertThrows(
                ConfigurationException.class,
                () ->
                    ddgan.train(
                        points("generator.width=4", others), folder.resolve("other"), NOBODY))
            .getMessage();
    assertTrue(unfit.contains("does not fit the configuration"), unfit);
    assertThrows(IOException.class, () -> ddgan.load(folder.resolve("nowhere")));
    assertThrows(ConfigurationException.class, () -> points("training.speed=3"));
  }

  @Test
  void runMayBeExtendedButNotShortened() throws Exception {
    Path longer = folder.resolve("longer");
    ddgan.train(points(), longer, NOBODY);
    Path byCommand = folder.resolve("command");
    PathUtils.copyDirectory(longer, byCommand);

    assertEquals(8, ddgan.train(points("training.steps=8"), longer, NOBODY));
    PrintWriter unread = new PrintWriter(Writer.nullWriter());
    String[] command = {"train", "--resume", "--steps", "8", "--run", byCommand.toString()};
    assertEquals(0, Main.run(unread, unread, command));
    for (String file :
        List.of(
            "checkpoints/00000008/generator.safetensors", "experiment.conf", "provenance.json")) {
      assertEquals(-1, Files.mismatch(longer.resolve(file), byCommand.resolve(file)), file);
    }
    RefusedException fewer =
        assertThrows(
            RefusedException.class, () -> ddgan.train(points("training.steps=7"), longer, NOBODY));
    assertTrue(fewer.getMessage().contains("(training.steps was 8, now 7)"), fewer::getMessage);
  }

  @Test
  void invalidNumbersAreRefused() throws Exception {
    Path run = trained();
    try (Model model = ddgan.load(run)) {
      for (int count : List.of(-1, Integer.MAX_VALUE)) {
        String refused =
            assertThrows(RefusedException.class, () -> model.sample(count, 0)).getMessage();
        assertTrue(refused.contains("1,073,741,823"), refused);
      }
      assertEquals(0, model.sample(0, 0).length);
    }
    assertThrows(
        RefusedException.class,
        () -> ddgan.sweep(Path.of("smoke"), folder.resolve("sweep"), 0, () -> false));
  }

  @Test
  @Tag("slow")
  void sweepRunsAndResumes() throws Exception {
    Path file = folder.resolve("seeds.conf");
    Files.writeString(
        file,
        """
        base = gaussians-25
        overrides {
          data.points-per-mode = 40
          training { steps = 4, batch-size = 8, sample-every = 0 }
          generator.width = 8
          discriminator.width = 8
          evaluation.metrics = []
        }
        blocks = [{ grid { schedule.steps = [1] } }]
        """);
    Path sweep = folder.resolve("sweep");
    assertEquals(List.of("pending"), states(ddgan.plan(file, sweep)));
    assertFalse(Files.exists(sweep));
    for (int i = 0; i < 2; i++) {
      List<TrialResult> trials = ddgan.sweep(file, sweep, 1);
      assertEquals(1, trials.size());
      for (TrialResult trial : trials) {
        assertEquals("done", trial.state());
        try (Model model = ddgan.load(trial.run())) {
          assertEquals(4, model.step());
        }
      }
    }
    assertEquals(List.of("done"), states(ddgan.plan(file, sweep)));
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> ddgan.sweep(file, sweep, 1));
    assertFalse(Thread.interrupted());
    String results = Files.readString(sweep.resolve("results.csv"));
    assertThrows(RefusedException.class, () -> ddgan.plan(Path.of("smoke"), sweep));
    assertThrows(IOException.class, () -> ddgan.plan(file, folder));
    assertThrows(
        RefusedException.class, () -> ddgan.sweep(Path.of("smoke"), sweep, 1, () -> false));
    assertEquals(results, Files.readString(sweep.resolve("results.csv")));
  }

  private static List<String> states(List<TrialResult> trials) {
    return trials.stream().map(TrialResult::state).toList();
  }
}
