package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {

  static Stream<String> names() {
    return new Presets().names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aPresetSaysWhatItIsAndFitsItsData(String name) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Main.run(
            new PrintWriter(out, true), new PrintWriter(err, true), "train", name, "--dry-run");
    assertEquals(0, exitCode, err::toString);
    assertTrue(out.toString().contains("generator"), out::toString);
    assertTrue(new Presets().summary(name).length() > 20);
  }
}
