package io.ddgan.cli;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.app.presets.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of README and documents, as far as a dry run can check them. */
@Tag("slow")
class DocumentedCommandsTest extends CommandTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```\\w*\\n(.*?)^ *```");
  private static final Pattern FILE = Pattern.compile("(?ms)^cat > ?(\\S+) <<END\\n(.*?)^END$");
  private static final Pattern COMMAND = Pattern.compile("(?m)^ *\\./ddgan (train|sweep) (.*)$");
  private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|\\S+");

  private static final String DRY = "--dry-run";
  private static final String BRIEF = "--no-estimate";

  /** Parts of commands that need the reader's runs, data or files. */
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "--resume|--retry-failed|--plugins|--rank|--plan|--trial|--collect|--detach|--status|photos|cifar-10|my\\.conf");

  /** Options that a dry run ignores: output folders and threads. */
  private static final Pattern NOTHING_NEW = Pattern.compile(" --(run|threads|workers) \\S+");

  @TempDir Path folder;

  private final Set<String> tried = new HashSet<>();

  @Test
  void documentedTrainingsAndSweepsPassTheirDryRuns() throws IOException {
    // As they are, the other tests try them.
    Presets.presets().names().forEach(name -> isNew(List.of("train", name, DRY, BRIEF)));
    Presets.sweeps().names().forEach(name -> isNew(List.of("sweep", name, DRY, BRIEF)));
    String garments = FewGarments.write(folder.resolve("garments"));
    Map<String, String> refused = new TreeMap<>();
    int count = 0;
    for (Path page : pages()) {
      for (List<String> words : commands(page)) {
        count++;
        if (!isNew(words)) {
          continue;
        }
        if (words.get(1).startsWith("fashion-mnist")) {
          words.add(garments);
        }
        err.getBuffer().setLength(0);
        if (run(words.toArray(String[]::new)) != 0) {
          refused.put(page.getFileName() + ": " + String.join(" ", words), err.toString());
        }
      }
    }
    assertEquals(Map.of(), refused);
    assertTrue(count > 30, "only " + count + " commands were found");
  }

  private boolean isNew(List<String> words) {
    return tried.add(NOTHING_NEW.matcher(String.join(" ", words)).replaceAll(""));
  }

  /** Returns a page's commands, after writing its files. */
  private List<List<String>> commands(Path page) throws IOException {
    List<List<String>> commands = new ArrayList<>();
    for (String block : blocks(page)) {
      for (MatchResult file : FILE.matcher(block).results().toList()) {
        // A name must stand for the same file on every page.
        Files.writeString(folder.resolve(file.group(1)), file.group(2), CREATE_NEW);
      }
      COMMAND
          .matcher(block)
          .results()
          .map(command -> words(command.group(1), command.group(2)))
          .filter(words -> !words.isEmpty())
          .forEach(commands::add);
    }
    return commands;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> documents = Files.walk(ROOT.resolve("docs"))) {
      documents.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  private static List<String> blocks(Path page) throws IOException {
    return BLOCK
        .matcher(Files.readString(page))
        .results()
        .map(block -> block.group(1).replaceAll("\\\\\\n *", ""))
        .toList();
  }

  /** Returns the arguments of the dry run; empty for a command that needs the reader's files. */
  private List<String> words(String command, String rest) {
    String line = rest.replaceAll("(^| )#.*", "");
    if (UNKNOWN.matcher(line + " ").find()) {
      return List.of();
    }
    List<String> words = new ArrayList<>(List.of(command));
    for (MatchResult match : WORD.matcher(line).results().toList()) {
      String word = match.group().replaceAll("^(['\"])(.*)\\1$", "$2");
      Path written = folder.resolve(word);
      words.add(Files.isRegularFile(written) ? written.toString() : word);
    }
    words.removeIf(word -> word.startsWith("init-from=runs/"));
    int from = words.indexOf("--init-from");
    if (from >= 0) {
      words.subList(from, from + 2).clear();
    }
    words.removeAll(List.of(DRY, BRIEF));
    words.addAll(List.of(DRY, BRIEF));
    return words;
  }

  /** The summaries of the published networks, as printed by the dry run. */
  private static final Map<String, String> PUBLISHED =
      Map.of(
          "cifar10", "generator 48,432,515 parameters, discriminator 12,741,633;",
          "cifar10-paper", "generator 56,927,363 parameters, discriminator 12,741,633;",
          "celeba-hq-256", "generator 39,726,979 parameters, discriminator 27,737,217;");

  static List<String> presets() {
    return Presets.presets().names();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void presetsHaveSummariesFitTheirDataAndHaveThePublishedSizes(String name) {
    assertTrue(presets().containsAll(PUBLISHED.keySet()));
    call("train", name, "--dry-run", "--no-estimate");
    assertTrue(out.toString().contains(PUBLISHED.getOrDefault(name, "generator ")), out::toString);
    assertTrue(Presets.presets().summary(name).length() > 20);
  }

  static List<String> sweeps() {
    return Presets.sweeps().names();
  }

  @ParameterizedTest
  @MethodSource("sweeps")
  void allTrialsOfBuiltInSweepsCanBeTrained(String name) {
    call("sweep", name, "--dry-run", "--no-estimate");
    assertTrue(out.toString().contains("trials"), out::toString);
    assertTrue(Presets.sweeps().summary(name).length() > 20);
  }
}
