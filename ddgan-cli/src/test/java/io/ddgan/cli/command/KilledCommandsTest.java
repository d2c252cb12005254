package io.ddgan.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.ddgan.api.TrainingListener;
import io.ddgan.cli.FewGarments;
import io.ddgan.cli.options.CommonOptions;
import io.ddgan.contract.crash.FolderHistory;
import io.ddgan.embed.Ddgan;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.internal.weights.WeightFormat;
import io.ddgan.train.checkpoint.CheckpointStore;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * Commands that write files, killed before and after everything that they do to them. Whatever has
 * the name of a result is whole, and the same command once more leaves nothing else.
 */
@Tag("slow")
class KilledCommandsTest {

  @TempDir static Path shared;

  private static Path run;
  private static Plugins plugins;
  private static Injector injector;

  @TempDir Path folder;

  private FolderHistory moments;

  @BeforeAll
  static void train() throws IOException, InterruptedException {
    plugins = Plugins.load(Optional.empty());
    injector =
        Guice.createInjector(plugins, new CommandModule(CommonOptions.of(), plugins.commands()));
    run = shared.resolve("run");
    try (Ddgan ddgan = Ddgan.open()) {
      ddgan.train(
          ddgan.experiment(
              "smoke",
              FewGarments.write(shared.resolve("data")),
              "generator.multipliers=[1]",
              "training.iterations=1",
              "training.batch=4",
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
  @ValueSource(strings = {"net.pth", "net.safetensors", "net.npz"})
  void anExportIsWholeOrAbsent(String name) throws Exception {
    List<String> words = List.of("export", run.toString(), "--to", name);
    kill(
        words,
        killed -> {
          if (Files.exists(killed.resolve(name))) {
            WeightFormat.of(killed.resolve(name)).read(killed.resolve(name));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"grid.png", "array.npz", "pictures"})
  void samplesAreWholeOrAbsent(String name) throws Exception {
    kill(
        List.of("sample", run.toString(), "--count", "2", "--out", name),
        KilledCommandsTest::assertPicturesAreWhole);
  }

  @Test
  void aFigureAndItsAnimationAreWholeOrAbsent() throws Exception {
    kill(
        List.of("sample", run.toString(), "--figure", "chain", "--count", "1", "--out", "f.png"),
        KilledCommandsTest::assertPicturesAreWhole);
  }

  private static void assertPicturesAreWhole(Path killed) throws IOException {
    for (String name : FolderHistory.content(killed).keySet()) {
      if (name.matches(".*\\.(png|gif)")) {
        ImageIO.read(killed.resolve(name).toFile());
      }
    }
  }

  @Test
  void aReportAndItsPlotsAreWholeOrAbsent() throws Exception {
    kill(
        List.of("report", run.toString(), "--out", "report.html", "--plots", "plots"),
        killed -> {
          for (Map.Entry<String, byte[]> file : FolderHistory.content(killed).entrySet()) {
            String text = new String(file.getValue(), StandardCharsets.ISO_8859_1);
            if (file.getKey().matches(".*\\.(html|svg)") && !file.getKey().startsWith(".")) {
              assertTrue(text.strip().matches("(?s).*(</html>|</svg\\s*>|%%EOF)"), file.getKey());
            }
          }
        });
  }

  @Test
  void anImportedRunIsOneOrIsInNoWayOfTheNextImport() throws Exception {
    Path weights = shared.resolve("imported.safetensors");
    call(Path::of, List.of("export", run.toString(), "--to", weights.toString()));
    List<String> words =
        List.of(
            "import",
            weights.toString(),
            "--config",
            run.resolve("experiment.conf").toString(),
            "--run",
            "imported");
    moments = new FolderHistory(folder.resolve("whole"));
    Path watched = moments.watched();
    call(text -> within(watched, text), words);
    List<Path> unfinished = new ArrayList<>();
    int number =
        moments.check(
            folder,
            killed -> {
              RunFolder imported = new RunFolder(killed.resolve("imported"));
              if (imported.isRun()) {
                imported.resume().close();
                assertImported(killed);
              } else {
                imported.requireFree();
                unfinished.add(killed);
              }
            });
    assertTrue(number > 10, "all that was watched: " + number);
    Path most = unfinished.get(unfinished.size() - 1);
    call(text -> within(most, text), words);
    assertImported(most);
  }

  private static void assertImported(Path results) throws IOException {
    RunFolder imported = new RunFolder(results.resolve("imported"));
    assertEquals(0, new CheckpointStore(imported.checkpoints(), 1).load(0).step());
    assertEquals(List.of(), FolderHistory.leftovers(results));
  }

  /** Runs a command, looks at all that it would have left, and runs it again. */
  private void kill(List<String> words, FolderHistory.Check check) throws Exception {
    moments = new FolderHistory(folder.resolve("whole"));
    Path watched = moments.watched();
    call(text -> within(watched, text), words);
    call(text -> within(watched, text), words); // in place of what is there
    Map<String, Integer> whole = hashes(folder.resolve("whole"));
    int number =
        moments.check(
            folder,
            killed -> {
              check.check(killed);
              call(text -> within(killed, text), words);
              assertEquals(whole, hashes(killed));
            });
    assertTrue(number > 5, "all that was watched: " + number);
  }

  /** What is written, but for reports, in which the time is said. */
  private static Map<String, Integer> hashes(Path folder) throws IOException {
    Map<String, Integer> hashes = new LinkedHashMap<>();
    FolderHistory.content(folder)
        .forEach(
            (name, bytes) -> hashes.put(name, name.endsWith("html") ? 0 : Arrays.hashCode(bytes)));
    return hashes;
  }

  /** Names of results lie in the folder that the test looks at. */
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
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(out)
            .setErr(out)
            .execute(new ArrayList<>(words.subList(1, words.size())).toArray(String[]::new));
    assertEquals(0, code, printed::toString);
  }
}
