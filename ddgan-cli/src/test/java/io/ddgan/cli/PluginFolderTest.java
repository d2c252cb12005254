package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest extends CommandTest {

  @TempDir Path temporary;

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

  @Override
  protected int run(String... args) {
    return super.run(
        Stream.concat(Stream.of(args), Stream.of("--plugins", folder.toString()))
            .toArray(String[]::new));
  }
}
