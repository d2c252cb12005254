package io.ddgan.app.training;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ddgan.config.ConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunImportTest {

  private static final Config CONFIG =
      ConfigFactory.parseString(
          """
          schedule { type = vp, steps = 4, beta-min = 0.1, beta-max = 20 }
          generator {
            block = biggan-one-adagn
            progressive-input = residual
            fir-kernel = [1, 3, 3, 1]
            skip-rescale = true
            tanh = true
            fourier-scale = 16
            dropout = 0
          }
          """);

  @Test
  void equalOptionsInReferenceNotationAreAccepted() {
    assertDoesNotThrow(
        () ->
            check(
                options(
                    """
                    { "resblock_type" : "biggan_oneadagn", "progressive_input" : "residual",
                      "fir_kernel" : [1, 3, 3, 1], "skip_rescale" : true, "not_use_tanh" : false,
                      "fourier_scale" : 16.0, "dropout" : 0.0, "use_geometric" : false, "beta_min" : 0.1 }
                    """)));
  }

  @Test
  void allDifferencesAreReportedWithOverrides() {
    Map<String, Object> options =
        options(
            """
            { "skip_rescale" : false, "not_use_tanh" : true, "progressive_input" : "input_skip",
              "use_geometric" : true, "fir_kernel" : [1, 2, 1], "fourier_scale" : 1.5,
              "resblock_type" : "evil type; rm" }
            """);
    assertEquals(
        List.of(
            difference("generator.block", "\"evil type; rm\"", "biggan-one-adagn"),
            difference("generator.progressive-input", "input-skip", "residual"),
            difference("generator.fourier-scale", "1.5", "16"),
            difference("generator.fir-kernel", "[1,2,1]", "[1,3,3,1]"),
            difference("generator.skip-rescale", "false", "true"),
            difference("generator.tanh", "false", "true"),
            difference("schedule.type", "geometric", "vp")),
        problems(options));
  }

  @Test
  void geometricScheduleIsComparedByItsVariances() {
    Map<String, Object> options =
        Map.of("use_geometric", true, "beta_min", 0.02, "beta_max", 0.9, "num_timesteps", 4L);
    assertEquals(
        List.of(
            difference("schedule.type", "geometric", "vp"),
            difference("schedule.variance-min", "0.02", null),
            difference("schedule.variance-max", "0.9", null)),
        problems(options));
  }

  @Test
  void parameterizationMustBeX0() {
    Config direct = ConfigFactory.parseString("parameterization.type = xt, schedule.steps = 4");
    Map<String, Object> options = Map.of("num_timesteps", 4L);
    var error = assertThrows(ConfigurationException.class, () -> check(options, direct));
    assertEquals(difference("parameterization.type", "x0", "xt"), error.getMessage());
  }

  @Test
  void unknownAndMissingOptionsAreIgnored() {
    Map<String, Object> options = new HashMap<>();
    options.put("dataset", "cifar10");
    options.put("ngf", 64L); // the configuration has no discriminator
    options.put("dropout", Optional.empty());
    options.put("fir_kernel", Map.of("not", "an option"));
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    options.put("skip_rescale", itself);
    assertDoesNotThrow(() -> check(options));
  }

  private static Map<String, Object> options(String json) {
    return ConfigFactory.parseString(json).root().unwrapped();
  }

  private static String difference(String key, String theirs, String ours) {
    return "content.pth: %s: %s, but the networks were trained with %s; set %s=%s"
        .formatted(key, ours == null ? "is not set" : "is " + ours, theirs, key, theirs);
  }

  private static void check(Map<String, Object> options) {
    check(options, CONFIG);
  }

  private static void check(Map<String, Object> options, Config resolved) {
    RunImport.requireSameOptions("content.pth", options, resolved);
  }

  private static List<String> problems(Map<String, Object> options) {
    ConfigurationException error = assertThrows(ConfigurationException.class, () -> check(options));
    return error.getMessage().lines().toList();
  }
}
