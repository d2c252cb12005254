package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that generated pages are up to date and named tests exist. */
class DocumentsTest extends CommandTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern NAME = Pattern.compile("`(\\w+Test)`");

  @Test
  void testsNamedByGuaranteesExist() throws IOException {
    Set<String> named =
        NAME.matcher(Files.readString(ROOT.resolve("docs/reference/guarantees.md")))
            .results()
            .map((MatchResult result) -> result.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(named.size() > 20, named::toString);
    named.removeAll(tests());
    assertEquals(Set.of(), named);
  }

  private static Set<String> tests() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      Set<String> names = new TreeSet<>();
      for (Path sources : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(sources)) {
          try (Stream<Path> files = Files.walk(sources)) {
            files
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith("Test.java"))
                .forEach(name -> names.add(name.substring(0, name.length() - 5)));
          }
        }
      }
      return names;
    }
  }

  /** Sections of the components of {@link ExamplePlugin}, which exist only in tests. */
  private static final String EXAMPLES = "(?s)\n##+ (\\w+\\.)?example-.*?(?=\n##|$)";

  @Test
  void configurationPageIsUpToDate() throws IOException {
    call("describe", "--all");
    assertEquals(
        out.toString().replaceAll(EXAMPLES, ""),
        Files.readString(ROOT.resolve("docs/reference/configuration.md")),
        "write it again: ./ddgan describe --all > docs/reference/configuration.md");
  }

  @Test
  void commandsPageIsUpToDate() throws IOException {
    call("describe", "--commands");
    assertEquals(
        out.toString().replaceAll(EXAMPLES, ""),
        Files.readString(ROOT.resolve("docs/reference/commands.md")),
        "write it again: ./ddgan describe --commands > docs/reference/commands.md");
  }
}
