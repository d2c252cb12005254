package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest extends CommandTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  /** Of which there are some in tests only, by {@link ExamplePlugin}. */
  private static final String EXAMPLES = "(?s)\n### \\w+\\.example-.*?(?=\n##|$)";

  @Test
  void thePageOfAllKeysIsWhatTheProgramPrints() throws IOException {
    call("describe", "--all");
    assertEquals(
        out.toString().replaceAll(EXAMPLES, ""),
        Files.readString(PAGE),
        "write it anew: ./ddgan describe --all > docs/configuration.md");
  }
}
