package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins from a folder, and commands of plug-ins. */
class PluginFolderTest extends CommandTest {

  @TempDir Path temporary;

  private Path folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("plugins"));
  }

  @Test
  void brokenPluginsAreReportedOnceAndOthersWork() throws IOException {
    PluginJar.withSchedule("acme", "flat").write(folder.resolve("good.jar"));
    PluginJar.withSchedule("acme", "level").write(folder.resolve("half.jar"), "acme.Constant");
    Files.writeString(folder.resolve("notes.jar"), "not even a jar");
    call("list");
    assertTrue(out.toString().contains("\n  flat "), out::toString);
    assertTrue(out.toString().contains("\n  vp "), out::toString);
    String warnings =
        """
        ddgan: cannot load plug-in half.jar: java.lang.NoClassDefFoundError: acme/Constant; update or remove it
        ddgan: cannot load plug-in notes.jar: notes.jar is not a jar: zip END header not found; update or remove it
        """;
    assertEquals(warnings, err.toString());

    err.getBuffer().setLength(0);
    call("describe", "schedule.flat");
    assertEquals(warnings, err.toString());
  }

  /** A network of a plug-in with its own library is trained with the framework's ND4J. */
  @Test
  void pluginWithItsOwnLibraryTrains() throws IOException {
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
                SDVariable difference = inputs.xt().sub(inputs.xtp1());
                return difference.mean(1).mul(weight).mul(common.Library.slope());
              }
            }
            """)
        .plugin(
            "acme.LinearPlugin",
            "",
            "contributions.add(ComponentKind.DISCRIMINATOR, \"acme-linear\", \"\", Linear.class);")
        .write(jars.resolve("plugin.jar"));
    int exitCode =
        run(
            "train",
            "gaussians-25",
            "discriminator.type=acme-linear",
            "generator.width=4",
            "training.steps=2",
            "training.batch-size=4",
            "training.sample-every=0",
            "evaluation.metrics=[]",
            "--run",
            temporary.resolve("run").toString());
    assertEquals(0, exitCode, err::toString);
  }

  @Override
  protected int run(String... args) {
    return super.run(
        Stream.concat(Stream.of(args), Stream.of("--plugins", folder.toString()))
            .toArray(String[]::new));
  }

  @Test
  void readsComponentsByNameAndReturnsItsExitCode() {
    Path cache = temporary.resolve("cache");
    String[] words = {"example-preview", "data.type=example-pixels", "count=2"};
    assertEquals(3, run(words[0], words[1], words[2], "--cache", cache.toString()));
    assertEquals("0.0\n0.84147096\n", out.toString());
    assertEquals("kept in " + cache + "\n", err.toString());
  }

  @Test
  void getsItsArgumentsUnchangedExceptCommonOptions() {
    assertEquals(
        0,
        super.run(
            "example-echo",
            "one",
            "-Vh",
            "--loud",
            "--level=3",
            "--plugins",
            folder.toString(),
            "-x",
            "key=a b",
            "--stacktrace",
            "--",
            "--cache",
            "-h"));
    assertEquals("one\n-Vh\n--loud\n--level=3\n-x\nkey=a b\n--cache\n-h\n", out.toString());
  }

  @Test
  void isListedAndHasHelp() {
    call("--help");
    assertTrue(
        out.toString().contains("\n  example-preview  Print a data set's first values\n"),
        out::toString);
    assertTrue(out.toString().indexOf("  train ") < out.toString().indexOf("  example-preview "));
    out.getBuffer().setLength(0);
    call("list");
    assertTrue(
        out.toString().matches("(?s).*\ncommand\n  example-preview +Print a data set's .*"),
        out::toString);
    out.getBuffer().setLength(0);
    call("example-preview", "--help");
    assertTrue(out.toString().contains("\nPrint a data set's first values\n"), out::toString);
    assertTrue(out.toString().contains("\n      --plugins=DIR "), out::toString);
    assertTrue(
        out.toString().endsWith("\ncount=N         how many, 100 % at most\n"), out::toString);
  }

  @Test
  void readsTheExperimentOfARun() throws IOException {
    command(
        "context.out().println(context.configuration(java.nio.file.Path.of(arguments.get(0)))"
            + ".getInt(\"schedule.steps\")); return 0;");
    call("hello", "src/main/dist/models/gaussians-25");
    assertEquals("4\n", out.toString());
    assertNotEquals(0, run("hello", temporary.toString()));
    assertTrue(err.toString().contains(temporary + " is not a run"), err::toString);
  }

  @Test
  void isLoadedFromThePluginFolder() throws IOException {
    command("context.out().println(\"hello \" + arguments.get(0)); return 0;");
    call("hello", "you");
    assertEquals(0, super.run("--plugins=" + folder, "hello", "all"));
    assertEquals("hello you\nhello all\n", out.toString());
    assertEquals(2, super.run("hello", "you"));
  }

  @Test
  void errorsNameTheJar() throws IOException {
    command("throw new IllegalStateException(\"not yet\");");
    assertEquals(1, run("hello"));
    assertTrue(
        err.toString().startsWith("ddgan: unexpected: java.lang.IllegalStateException: not yet; "),
        err::toString);
    assertTrue(err.toString().contains("\tat hello.jar//acme.HelloPlugin."), err::toString);
  }

  @Test
  void cannotReplaceABuiltInCommand() throws IOException {
    new PluginJar()
        .plugin(
            "acme.ListPlugin", "", "contributions.addCommand(\"list\", \"No list\", (a, c) -> 7);")
        .write(folder.resolve("list.jar"));
    call("list");
    assertEquals(
        "ddgan: cannot load plug-in list.jar: command 'list' is already provided by ddgan; update or remove it\n",
        err.toString());
  }

  @Test
  void helpAndVersionWorkWithABrokenPlugin() throws IOException {
    Files.writeString(folder.resolve("notes.jar"), "not even a jar");
    for (String option : new String[] {"--help", "--version"}) {
      call(option);
      assertTrue(err.toString().startsWith("ddgan: cannot load plug-in notes.jar: "));
    }
    assertTrue(out.toString().contains("\n  train "), out::toString);
    assertTrue(out.toString().contains("\nddgan ("), out::toString);
  }

  private void command(String body) throws IOException {
    new PluginJar()
        .plugin(
            "acme.HelloPlugin",
            "",
            "contributions.addCommand(\"hello\", \"Say hello\", (arguments, context) -> { %s });"
                .formatted(body))
        .write(folder.resolve("hello.jar"));
  }
}
