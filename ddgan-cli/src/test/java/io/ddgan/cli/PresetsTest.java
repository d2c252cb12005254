package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.presets.Presets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class PresetsTest {

  static Stream<String> names() {
    return Presets.presets().names().stream();
  }

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @MethodSource("names")
  void aPresetSaysWhatItIsAndFitsItsData(String name) {
    assertEquals(0, train(name, "--dry-run", "--no-estimate"), err::toString);
    assertTrue(out.toString().contains("generator"), out::toString);
    assertTrue(Presets.presets().summary(name).length() > 20);
  }

  static Stream<String> sweeps() {
    return Presets.sweeps().names().stream();
  }

  @ParameterizedTest
  @MethodSource("sweeps")
  void allTrialsOfASweepCanBeTrained(String name) {
    assertEquals(0, run("sweep", name, "--dry-run", "--no-estimate"), err::toString);
    assertTrue(out.toString().contains("trials"), out::toString);
    assertTrue(Presets.sweeps().summary(name).length() > 20);
  }

  @ParameterizedTest
  @CsvSource({
    "cifar10, 48432515, 12741633",
    "cifar10-paper, 56927363, 12741633",
    "celeba-hq-256, 39726979, 27737217"
  })
  void thePublishedNetworksHaveTheirNumbersOfParameters(
      String name, int generator, int discriminator) {
    assertEquals(0, train(name, "--dry-run", "--no-estimate"), err::toString);
    String expected =
        "generator %,d parameters, discriminator %,d;".formatted(generator, discriminator);
    assertTrue(out.toString().contains(expected), out::toString);
  }

  private int train(String... args) {
    List<String> all = new ArrayList<>(List.of("train"));
    all.addAll(List.of(args));
    return run(all.toArray(String[]::new));
  }

  private int run(String... words) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
  }
}
