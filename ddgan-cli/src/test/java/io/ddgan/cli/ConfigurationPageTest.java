package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  /** Of which there are some in tests only, by {@link ExamplePlugin}. */
  private static final String EXAMPLES = "(?s)\n### \\w+\\.example-.*?(?=\n##|$)";

  @Test
  void thePageOfAllKeysIsWhatTheProgramPrints() throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err, true), "describe", "--all");
    assertEquals(0, code, err::toString);
    assertEquals(
        out.toString().replaceAll(EXAMPLES, ""),
        Files.readString(PAGE),
        "write it anew: ./ddgan describe --all > docs/configuration.md");
  }
}
