package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.plugin.PluginJar;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {

  @TempDir Path temporary;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("plugins"));
  }

  @Test
  void brokenPlugInsAreNamedOnceAndTheOthersWork() throws IOException {
    PluginJar.withSchedule("acme", "flat").write(folder.resolve("good.jar"));
    PluginJar.withSchedule("acme", "level").write(folder.resolve("half.jar"), "acme.Constant");
    Files.writeString(folder.resolve("notes.jar"), "not even a jar");
    assertEquals(0, run("list"));
    assertTrue(out.toString().contains("\n  flat "), out::toString);
    assertTrue(out.toString().contains("\n  vp "), out::toString);
    String warnings =
        """
        ddgan: plug-in half.jar is left out: java.lang.NoClassDefFoundError: acme/Constant; update or remove it
        ddgan: plug-in notes.jar is left out: notes.jar is not a jar: zip END header not found; update or remove it
        """;
    assertEquals(warnings, err.toString());

    err.getBuffer().setLength(0);
    assertEquals(0, run("describe", "schedule.flat"));
    assertEquals(warnings, err.toString());
  }

  @Test
  void theFrameworksComponentWinsOverAPlugInsOfTheSameName() throws IOException {
    PluginJar.withSchedule("acme", "vp").write(folder.resolve("greedy.jar"));
    assertEquals(0, run("describe", "schedule.vp"));
    assertTrue(
        err.toString()
            .matches(
                "ddgan: plug-in greedy.jar is left out: schedule 'vp' comes from \\S+ already;"
                    + " update or remove it\n"),
        err::toString);
    assertTrue(out.toString().contains("beta-min"), out::toString);
  }

  @Test
  void askingForAComponentOfABrokenPlugInSaysBothWhatIsMissingAndWhy() throws IOException {
    PluginJar.withSchedule("acme", "flat").write(folder.resolve("half.jar"), "acme.Constant");
    assertEquals(2, run("describe", "schedule.flat"));
    assertEquals(2, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().startsWith("ddgan: plug-in half.jar is left out: "), err::toString);
    assertTrue(
        err.toString().contains("\nddgan: schedule.flat: no such component; "), err::toString);
  }

  /** The network of a plug-in with a library of its own is trained by the framework's ND4J. */
  @Test
  void aPlugInWithItsOwnLibraryTrains() throws IOException {
    Path jars = Files.createDirectory(folder.resolve("acme"));
    Path library =
        new PluginJar()
            .source(
                "common.Library",
                "public class Library { public static double slope() { return 0.5; } }")
            .write(jars.resolve("library.jar"));
    new PluginJar()
        .library(library)
        .source(
            "acme.Linear",
            """
            import org.nd4j.autodiff.samediff.SDVariable;
            public record Linear() implements io.ddgan.api.Discriminator {
              public SDVariable forward(
                  io.ddgan.api.ParameterScope p, io.ddgan.api.Inputs inputs) {
                SDVariable weight = p.parameter("weight", (shape, random) -> new float[] {1}, 1);
                SDVariable difference = inputs.cleaner().sub(inputs.noisier());
                return difference.mean(1).mul(weight).mul(common.Library.slope());
              }
            }
            """)
        .plugin(
            "acme.LinearPlugin",
            "",
            "components.add(ComponentKind.DISCRIMINATOR, \"acme-linear\", \"\", Linear.class);")
        .write(jars.resolve("plugin.jar"));
    int exitCode =
        run(
            "train",
            "gaussians-25",
            "discriminator.type=acme-linear",
            "generator.width=4",
            "training.iterations=2",
            "training.batch=4",
            "training.sample-every=0",
            "evaluation.metrics=[]",
            "--run",
            temporary.resolve("run").toString());
    assertEquals(0, exitCode, err::toString);
  }

  @Test
  void anErrorWithinAPlugInNamesItsJar() throws IOException {
    new PluginJar()
        .source(
            "acme.Broken",
            """
            public record Broken() implements io.ddgan.api.NoiseSchedule {
              public int steps() {
                return 1;
              }
              public double[] betas() {
                throw new UnsupportedOperationException("not yet");
              }
            }
            """)
        .plugin(
            "acme.BrokenPlugin",
            "",
            "components.add(ComponentKind.SCHEDULE, \"broken\", \"\", Broken.class);")
        .write(folder.resolve("broken.jar"));
    assertEquals(1, run("train", "gaussians-25", "schedule.type=broken", "--dry-run"));
    assertTrue(
        err.toString()
            .startsWith("ddgan: unexpected: java.lang.UnsupportedOperationException: not yet; "),
        err::toString);
    assertTrue(err.toString().contains("\tat broken.jar//acme.Broken.betas("), err::toString);
  }

  @Test
  void aPlugInThatAnswersNothingIsNamedWithItsMethod() throws IOException {
    new PluginJar()
        .source(
            "acme.Mute",
            """
            public record Mute() implements io.ddgan.api.NoiseSchedule {
              public int steps() {
                return 1;
              }
              public double[] betas() {
                return null;
              }
            }
            """)
        .plugin(
            "acme.MutePlugin",
            "",
            "components.add(ComponentKind.SCHEDULE, \"mute\", \"\", Mute.class);")
        .write(folder.resolve("mute.jar"));
    assertEquals(1, run("train", "gaussians-25", "schedule.type=mute", "--dry-run"));
    assertTrue(
        err.toString().contains("java.lang.NullPointerException: Mute[] returned null from betas"),
        err::toString);
  }

  @Test
  void aKeyOfATypeThatNobodyCanWriteIsNamed() throws IOException {
    new PluginJar()
        .source(
            "acme.Odd",
            """
            public record Odd(java.util.Map<String, Integer> table) implements io.ddgan.api.Dataset {
              public io.ddgan.api.Examples open() { return null; }
            }
            """)
        .plugin(
            "acme.OddPlugin", "", "components.add(ComponentKind.DATA, \"odd\", \"\", Odd.class);")
        .write(folder.resolve("bad.jar"));
    assertEquals(0, run("describe", "data.odd"), err::toString);
    assertEquals(1, run("config", "gaussians-25", "data={type=odd,table={}}"));
    assertTrue(err.toString().contains("the key table of acme.Odd "), err::toString);
  }

  @Test
  void aLauncherThatLaunchesNothingIsNamed() throws IOException {
    new PluginJar()
        .source(
            "acme.Idle",
            """
            public record Idle() implements io.ddgan.api.TrialLauncher {
              public Handle launch(Request trial) { return null; }
            }
            """)
        .plugin(
            "acme.IdlePlugin",
            "",
            "components.add(ComponentKind.LAUNCHER, \"idle\", \"\", Idle.class);")
        .write(folder.resolve("bad.jar"));
    Path sweep =
        Files.writeString(
            temporary.resolve("sweep.conf"),
            "base = gaussians-25, blocks = [{ grid { penalty.gamma = [0.1, 0.2] } }], launcher.type = idle");
    assertEquals(1, run("sweep", sweep.toString(), "--out", temporary.resolve("out").toString()));
    assertTrue(err.toString().contains("Idle[] returned null from launch"), err::toString);
  }

  private int run(String... args) {
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--plugins";
    all[args.length + 1] = folder.toString();
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }
}
