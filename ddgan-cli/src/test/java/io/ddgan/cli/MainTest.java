package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest extends CommandTest {

  private static final String EXPERIMENT =
      """
      data.type = example-data
      schedule { type = vp, beta-min = 0.2 }
      generator { type = example-sum, latent-size = 8 }
      discriminator.type = example-mean
      loss.type = example-loss
      penalty.type = example-penalty
      """;

  @TempDir Path folder;

  private String file;

  @BeforeEach
  void writeExperiment() throws IOException {
    file = Files.writeString(folder.resolve("my.conf"), EXPERIMENT).toString();
  }

  @Test
  void printsHelpWithoutACommand() {
    assertEquals(2, run());
    assertTrue(out.toString().startsWith("Usage: ddgan "), out.toString());
    assertTrue(out.toString().contains("\n  train "), out.toString());
    assertEquals("", err.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schedule.vp | steps +integer +4 +from 1 to 1000000 +.+",
        "schedule.vp | beta-min +number +0.1 +from 1.0e-6 to 1000 +.+",
        "experiment  | objective +objective component +ddgan +.+",
        "experiment  | training.ema-decay +number or ramp +0.9999 +from 0 to 0.9999999 +.+",
        "experiment  | discriminator +discriminator component or null +.*",
      })
  void describePrintsTypeDefaultRangeAndMeaningOfEachKey(String id, String line) {
    call("describe", id);
    assertTrue(out.toString().lines().anyMatch(l -> l.strip().matches(line)), out::toString);
  }

  @Test
  void describeSuggestsASimilarComponent() {
    assertEquals(2, run("describe", "schedule.vpp"));
    assertEquals(
        "ddgan: schedule.vpp: no such component; did you mean 'schedule.vp'?\n", err.toString());
  }

  @Test
  void configPrintsAnExperimentThatReadsBackUnchanged() throws IOException {
    call("config", file, "schedule.steps=2", "training.batch-size=64", "seed=5");
    String first = out.toString();
    assertTrue(
        first.startsWith("seed = 5\ndata {\n  type = example-data\n  folder = null\n}\n"), first);
    String schedule =
        "schedule {\n  type = vp\n  steps = 2\n  beta-min = 0.2\n  beta-max = 20.0\n}\n";
    assertTrue(first.contains(schedule), first);
    Path resolved = Files.writeString(folder.resolve("resolved.conf"), first);
    out.getBuffer().setLength(0);
    call("config", resolved.toString());
    assertEquals(first, out.toString());
  }

  @Test
  void allErrorsOfAConfigurationAreReportedAtOnce() throws IOException {
    Files.writeString(
        folder.resolve("my.conf"), EXPERIMENT + "sede = 3\ntraining.batch-size = 0\n");
    assertEquals(2, run("config", file, "schedule.stpes=2"));
    assertEquals(
        """
        ddgan: my.conf:7: sede: unknown key; did you mean 'seed'?
        ddgan: command line: schedule.stpes: unknown key; did you mean 'steps'?
        ddgan: my.conf:8: training.batch-size: must be at least 1, found 0
        """,
        err.toString().replace(folder + "/", ""));
  }

  @Test
  void unknownCommandHasASuggestion() {
    assertEquals(2, run("lst"));
    assertEquals(
        "ddgan: no such command 'lst'; did you mean 'list'?; see ddgan --help\n", err.toString());
  }

  @Test
  void missingPluginFolderIsAFailure() {
    assertEquals(1, run("list", "--plugins", folder + "/missing"));
    assertEquals("ddgan: cannot read the plug-in folder " + folder + "/missing\n", err.toString());
  }

  @Test
  void invalidPathIsAUsageError() {
    assertEquals(2, run("sample", "my\0run"));
    assertTrue(err.toString().startsWith("ddgan: 'my?run' is not a valid path "), err::toString);
    assertTrue(err.toString().endsWith("; see ddgan sample --help\n"), err::toString);
  }

  @Test
  void printsStackTraceOnlyOnRequest() {
    assertEquals(2, run("--stacktrace", "config", "nowhere"));
    assertTrue(err.toString().contains("\tat io.ddgan.cli."));
  }
}
