package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that plug-ins add. */
class PluginCommandTest extends CommandTest {

  @TempDir Path temporary;

  private Path folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("plugins"));
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
  void getsItsArgumentsAsTheyAreButForTheOptionsOfAllCommands() {
    assertEquals(
        0,
        run(
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
  void isListedAndExplainedLikeAnyOther() {
    assertEquals(0, run("--help"));
    assertTrue(
        out.toString().contains("\n  example-preview  Print a data set's first values\n"),
        out::toString);
    assertTrue(out.toString().indexOf("  train ") < out.toString().indexOf("  example-preview "));
    out.getBuffer().setLength(0);
    assertEquals(0, run("list"));
    assertTrue(
        out.toString().matches("(?s).*\ncommand\n  example-preview +Print a data set's .*"),
        out::toString);
    out.getBuffer().setLength(0);
    assertEquals(0, run("example-preview", "--help"));
    assertTrue(out.toString().contains("\nPrint a data set's first values\n"), out::toString);
    assertTrue(out.toString().contains("\n      --plugins=DIR "), out::toString);
    assertTrue(
        out.toString().endsWith("\ncount=N         how many, 100 % at most\n"), out::toString);
  }

  @Test
  void readsWhatARunWasTrainedWith() throws IOException {
    command(
        "context.out().println(context.configuration(java.nio.file.Path.of(arguments.get(0)))"
            + ".getInt(\"schedule.steps\")); return 0;");
    String plugins = folder.toString();
    assertEquals(0, run("hello", "src/main/dist/models/gaussians-25", "--plugins", plugins));
    assertEquals("4\n", out.toString());
    assertNotEquals(0, run("hello", temporary.toString(), "--plugins", plugins));
    assertTrue(err.toString().contains(temporary + " is not a run"), err::toString);
  }

  @Test
  void comesFromTheFolderOfPlugIns() throws IOException {
    command("context.out().println(\"hello \" + arguments.get(0)); return 0;");
    assertEquals(0, run("hello", "you", "--plugins", folder.toString()));
    assertEquals("hello you\n", out.toString());
    assertEquals(0, run("--plugins=" + folder, "hello", "all"));
    assertEquals("hello you\nhello all\n", out.toString());
    assertEquals(2, run("hello", "you"));
  }

  @Test
  void anErrorOfItsOwnNamesItsJar() throws IOException {
    command("throw new IllegalStateException(\"not yet\");");
    assertEquals(1, run("hello", "--plugins", folder.toString()));
    assertTrue(
        err.toString().startsWith("ddgan: unexpected: java.lang.IllegalStateException: not yet; "),
        err::toString);
    assertTrue(err.toString().contains("\tat hello.jar//acme.HelloPlugin."), err::toString);
  }

  @Test
  void cannotTakeTheNameOfTheFrameworksOwn() throws IOException {
    new PluginJar()
        .plugin("acme.ListPlugin", "", "components.command(\"list\", \"No list\", (a, c) -> 7);")
        .write(folder.resolve("list.jar"));
    assertEquals(0, run("list", "--plugins", folder.toString()));
    assertEquals(
        "ddgan: plug-in list.jar is left out: command 'list' comes from ddgan already; update or remove it\n",
        err.toString());
  }

  @Test
  void helpAndVersionAreShownThoughAPlugInIsBroken() throws IOException {
    Files.writeString(folder.resolve("notes.jar"), "not even a jar");
    for (String option : new String[] {"--help", "--version"}) {
      assertEquals(0, run(option, "--plugins", folder.toString()));
      assertTrue(err.toString().startsWith("ddgan: plug-in notes.jar is left out: "));
    }
    assertTrue(out.toString().contains("\n  train "), out::toString);
    assertTrue(out.toString().contains("\nddgan ("), out::toString);
  }

  private void command(String body) throws IOException {
    new PluginJar()
        .plugin(
            "acme.HelloPlugin",
            "",
            "components.command(\"hello\", \"Say hello\", (arguments, context) -> { %s });"
                .formatted(body))
        .write(folder.resolve("hello.jar"));
  }
}
