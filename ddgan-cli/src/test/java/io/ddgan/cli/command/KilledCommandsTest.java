package io.ddgan.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.ddgan.api.TrainingListener;
import io.ddgan.cli.FewGarments;
import io.ddgan.contract.crash.FolderHistory;
import io.ddgan.embed.Ddgan;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * Commands killed before and after each of their file operations. Results are always complete, and
 * repeating the command leaves no other files.
 */
@Tag("slow")
class KilledCommandsTest {

  @TempDir static Path shared;

  private static Path run;
  private static Plugins plugins;
  private static Injector injector;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException, InterruptedException {
    plugins = Plugins.load(Optional.empty());
    injector =
        Guice.createInjector(
            plugins, new CommandModule(CommonOptions.of().places(), plugins.commands()));
    run = shared.resolve("run");
    try (Ddgan ddgan = Ddgan.open()) {
      ddgan.train(
          ddgan.experiment(
              "smoke",
              FewGarments.write(shared.resolve("data")),
              "generator.channel-multipliers=[1]",
              "training.steps=1",
              "training.batch-size=4",
              "training.sample-count=4",
              "evaluation.metrics=[]"),
          run,
          new TrainingListener() {});
    }
  }

  @AfterAll
  static void close() {
    plugins.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export RUN --out net.pth",
        "export RUN --out net.safetensors",
        "export RUN --out net.npz",
        "sample RUN --count 2 --out grid.png",
        "sample RUN --count 2 --out array.npz",
        "sample RUN --count 2 --out pictures",
        "sample RUN --figure trajectory --count 1 --out figure.png",
        "report RUN --out report.html --plots plots",
        "import SHARED/net.safetensors --config RUN/experiment.conf --run imported"
      })
  void resultsAreCompleteOrAbsentAndTheSameCommandCompletesThem(String command) throws Exception {
    List<String> words =
        List.of(
            command.replace("RUN", run.toString()).replace("SHARED", shared.toString()).split(" "));
    if (words.get(0).equals("import")) {
      call(Path::of, List.of("export", run.toString(), "--out", words.get(1)));
    }
    FolderHistory moments = new FolderHistory(folder.resolve("whole"));
    Path watched = moments.watched();
    call(text -> within(watched, text), words);
    if (!words.get(0).equals("import")) { // in place of what is there
      call(text -> within(watched, text), words);
    }
    Map<String, Integer> whole = hashes(folder.resolve("whole"));
    int number =
        moments.check(
            folder,
            killed -> {
              RunFolder imported = new RunFolder(killed.resolve("imported"));
              hashes(killed).forEach((name, hash) -> assertWhole(name, hash, whole));
              if (imported.isRun()) {
                imported.resume().close();
              } else {
                call(text -> within(killed, text), words);
              }
              assertEquals(whole, hashes(killed));
            });
    assertTrue(number > 5, "all that was watched: " + number);
  }

  /** Checks that a file with the name of a result is complete. */
  private static void assertWhole(String name, int hash, Map<String, Integer> whole) {
    if (whole.containsKey(name)) {
      assertEquals(whole.get(name), hash, name);
    }
  }

  /** Returns the written files, except reports, which contain the time, and locks. */
  private static Map<String, Integer> hashes(Path folder) throws IOException {
    Map<String, Integer> hashes = new LinkedHashMap<>();
    FolderHistory.content(folder)
        .forEach(
            (name, bytes) ->
                hashes.put(name, name.matches(".*(html|\\.lock)") ? 0 : Arrays.hashCode(bytes)));
    return hashes;
  }

  /** Resolves relative names of results in the test's folder. */
  private static Path within(Path results, String text) {
    Path path = Path.of(text);
    return path.isAbsolute() ? path : results.resolve(text);
  }

  private static void call(CommandLine.ITypeConverter<Path> paths, List<String> words) {
    Subcommand command =
        Stream.of(
                ExportCommand.class, SampleCommand.class, ReportCommand.class, ImportCommand.class)
            .filter(
                type -> type.getAnnotation(CommandLine.Command.class).name().equals(words.get(0)))
            .map(type -> (Subcommand) injector.getInstance(type))
            .findFirst()
            .orElseThrow();
    StringWriter printed = new StringWriter();
    PrintWriter out = new PrintWriter(printed, true);
    int code =
        command
            .commandLine()
            .registerConverter(Path.class, paths)
            .registerConverter(RunFolder.class, word -> new RunFolder(paths.convert(word)))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(out)
            .setErr(out)
            .execute(new ArrayList<>(words.subList(1, words.size())).toArray(String[]::new));
    assertEquals(0, code, printed::toString);
  }
}
