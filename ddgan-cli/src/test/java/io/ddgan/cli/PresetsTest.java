package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.app.presets.Presets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class PresetsTest extends CommandTest {

  /** What the dry run says of the networks that were published. */
  private static final Map<String, String> PUBLISHED =
      Map.of(
          "cifar10", "generator 48,432,515 parameters, discriminator 12,741,633;",
          "cifar10-paper", "generator 56,927,363 parameters, discriminator 12,741,633;",
          "celeba-hq-256", "generator 39,726,979 parameters, discriminator 27,737,217;");

  static Stream<String> names() {
    return Presets.presets().names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aPresetSaysWhatItIsFitsItsDataAndHasTheParametersThatWerePublished(String name) {
    assertEquals(0, run("train", name, "--dry-run", "--no-estimate"), err::toString);
    assertTrue(out.toString().contains(PUBLISHED.getOrDefault(name, "generator ")), out::toString);
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

  @Test
  void thePublishedNetworksArePresets() {
    assertTrue(Presets.presets().names().containsAll(PUBLISHED.keySet()));
  }
}
