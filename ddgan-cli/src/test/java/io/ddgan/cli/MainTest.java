package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void withoutACommandTheHelpIsShown() {
    assertEquals(2, run());
    assertTrue(out.toString().startsWith("Usage: ddgan "), out.toString());
    assertTrue(out.toString().contains("\n  train "), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void describeShowsTypeDefaultRangeAndMeaningOfEachKey() {
    assertEquals(0, run("describe", "schedule.vp"));
    assertEquals(
        """
        key       type     default  range                meaning
        steps     integer  4        from 1 to 1000000    number of denoising steps T
        beta-min  number   0.1      from 1.0e-6 to 1000  rate of the noise at the data
        beta-max  number   20       from 1.0e-6 to 1000  rate of the noise at the end
        """,
        out.toString().substring(out.toString().indexOf("key ")));
  }

  @Test
  void describeSuggestsTheComponentThatWasMeant() {
    assertEquals(2, run("describe", "schedule.vpp"));
    assertEquals(
        "ddgan: schedule.vpp: no such component; did you mean 'schedule.vp'?\n", err.toString());
  }

  @Test
  void configPrintsTheResolvedExperiment() {
    assertEquals(0, run("config", file, "schedule.steps=2", "training.batch=64", "seed=5"));
    assertEquals(
        """
        seed = 5
        data {
          type = example-data
          folder = null
        }
        representation {
          type = identity
        }
        schedule {
          type = vp
          steps = 2
          beta-min = 0.2
          beta-max = 20.0
        }
        reverse {
          type = posterior
        }
        objective {
          type = adversarial
          latent = normal
          discriminator-sees {
            noisier = true
            time = true
          }
          reconstruction-weight = 0.0
          squared-reconstruction-weight = 0.0
          reconstruction-scale = none
        }
        generator {
          type = example-sum
          latent-size = 8
        }
        discriminator {
          type = example-mean
        }
        loss {
          type = example-loss
        }
        penalty {
          type = example-penalty
        }
        augmentation = []
        training {
          batch = 64
        """,
        out.toString().substring(0, out.toString().indexOf("  shards")));
  }

  @Test
  void printedConfigurationIsReadBackUnchanged() throws IOException {
    assertEquals(0, run("config", file, "training.ema=0.5"));
    String first = out.toString();
    Path resolved = Files.writeString(folder.resolve("resolved.conf"), first);
    out.getBuffer().setLength(0);
    assertEquals(0, run("config", resolved.toString()));
    assertEquals(first, out.toString());
  }

  @Test
  void describeShowsTheKeysOfAnExperiment() {
    assertEquals(0, run("describe", "experiment"));
    for (String line :
        List.of(
            "objective +objective component +adversarial +what the networks .*",
            "training.ema +number or ramp +0.9999 +from 0 to 0.9999999 +decay of the running .*",
            "discriminator +discriminator component or null +.*",
            "training.batch +integer +32 +at least 1 +examples in a step")) {
      assertTrue(out.toString().lines().anyMatch(l -> l.strip().matches(line)), out::toString);
    }
  }

  @Test
  void allErrorsOfAConfigurationAreReportedAtOnce() throws IOException {
    Files.writeString(folder.resolve("my.conf"), EXPERIMENT + "sede = 3\ntraining.batch = 0\n");
    assertEquals(2, run("config", file, "schedule.stpes=2"));
    assertEquals(
        """
        ddgan: my.conf:7: sede: unknown key; did you mean 'seed'?
        ddgan: command line: schedule.stpes: unknown key; did you mean 'steps'?
        ddgan: my.conf:8: training.batch: must be at least 1, found 0
        """,
        err.toString().replace(folder + "/", ""));
  }

  @Test
  void unknownCommandIsAUsageErrorWithASuggestion() {
    assertEquals(2, run("lst"));
    assertEquals(
        "ddgan: there is no command 'lst'; did you mean 'list'?; see ddgan --help\n",
        err.toString());
  }

  @Test
  void missingPluginFolderIsAFailure() {
    assertEquals(1, run("list", "--plugins", folder + "/missing"));
    assertEquals(
        "ddgan: the plug-in folder cannot be read: " + folder + "/missing\n", err.toString());
  }

  @Test
  void whatCannotBeAPathIsAUsageErrorThatSaysWhy() {
    assertEquals(2, run("sample", "my\0run"));
    assertEquals(
        "ddgan: Invalid value for positional parameter at index 0 (RUN|MODEL): 'my?run' cannot be a"
            + " path here, Nul character not allowed; if it has letters beyond ASCII, set LC_ALL=C.UTF-8;"
            + " see ddgan sample --help\n",
        err.toString());
  }

  @Test
  void stackTraceIsShownOnRequestOnly() {
    assertEquals(2, run("--stacktrace", "config", "nowhere"));
    assertTrue(err.toString().contains("\tat io.ddgan.cli."));
  }
}
