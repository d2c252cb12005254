package io.ddgan.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {

  private final StringWriter printed = new StringWriter();
  private final TrainingProgress progress = new TrainingProgress(new PrintWriter(printed), 8);

  @Test
  void messagesBeforeTheFirstStepAreShown() {
    progress.onMessage("training a classifier");
    progress.onEvaluationProgress("classifier training steps", 1, 2);
    progress.onEvaluationProgress("classifier training steps", 2, 2);
    assertEquals(List.of("training a classifier"), lines());
  }

  @Test
  void shortWorkShowsNoProgress() {
    progress.onTrainStart(0, 1);
    progress.onStepEnd(0, Map.of());
    progress.onEvaluationProgress("generated examples", 1, 1);
    progress.onEvaluation(1, Map.of("fid", 3.0));
    assertEquals(List.of("step 1: fid 3"), lines());
  }

  private List<String> lines() {
    return printed.toString().lines().toList();
  }
}
