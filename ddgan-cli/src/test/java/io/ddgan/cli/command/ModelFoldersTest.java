package io.ddgan.cli.command;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.CommandTest;
import io.ddgan.cli.PointsExperiment;
import io.ddgan.eval.records.EvaluationFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled models. */
@Tag("slow")
class ModelFoldersTest extends CommandTest {

  /** A run to export as a model. */
  static final String EXPERIMENT =
      "training { steps = 4, checkpoint-every = 2, ema-warm-up = false, ema-decay = 0.5 }\n"
          + "evaluation { every = 2, metrics = [{ type = modes, samples = 50 }] }";

  /** Number of samples of the stricter protocol. */
  private static final int COUNTED = 10_000;

  private static final Path SHIPPED = Path.of("src/main/dist/models");

  @TempDir private Path folder;

  @Test
  void trainingReproducesAModel() throws IOException {
    PointsExperiment.train(folder, EXPERIMENT, "run");
    String model = folder.resolve("model").toString();
    call("export", folder.resolve("run").toString(), "--model", model);
    call("reproduce", model, "--out", folder.resolve("again").toString());
    assertTrue(printed().contains("equal bit for bit"), this::printed);
  }

  @Test
  void modelOfPointsCoversAllModes() throws IOException {
    Path copy = folder.resolve("copy");
    FileUtils.copyDirectory(SHIPPED.resolve("gaussians-25").toFile(), copy.toFile());
    EvaluationFiles measured = new EvaluationFiles(copy);
    Map<String, Double> before = values(measured, COUNTED);
    assertEquals(25, before.get("modes-covered"));
    call("evaluate", copy.toString(), "--no-real-baseline");
    Map<String, Double> now = values(measured, COUNTED);
    assertEquals(before.keySet(), now.keySet());
    assertEquals(25, now.get("modes-covered"));
    assertEquals(before.get("high-quality-share"), now.get("high-quality-share"), 1e-3);
  }

  static Map<String, Double> values(EvaluationFiles measured, int samples) throws IOException {
    return measured.read().stream()
        .filter(each -> !each.subject().isReal() && each.samples() == samples)
        .collect(
            toMap(each -> each.measure().name(), each -> each.value(), (earlier, later) -> later));
  }
}
