package io.ddgan.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarRendererTest {

  private static final Optional<String> LEFT = Optional.of("0:02:48 left");
  private static final String MESSAGE = " D 1.384  G 0.705  8622 examples/s";

  @Test
  void eightyColumnsHaveABarTheTimeThatIsLeftAndTheLosses() {
    assertEquals(
        "training  50% [========>       ] 8,000/16,000  0:02:48 left  D 1.384  G 0.705",
        line("training", 8000, 16_000, 80));
  }

  @Test
  void widerLinesHaveALongerBarAndTheSpeed() {
    assertEquals(
        "training  10% [==>                     ] 1,600/16,000  0:02:48 left  D 1.384  G 0.705  8622 examples/s",
        line("training", 1600, 16_000, 120));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 79, 80, 100, 120, 200})
  void aLineIsNotLongerThanTheTerminalIsWide(int width) {
    for (long done : List.of(0L, 1L, 999_999L, 1_000_000L)) {
      String line = line("training", done, 1_000_000, width);
      assertTrue(line.length() <= Math.max(width, 47), line);
      assertTrue(line.replaceAll("[^=> ]", "").length() >= 8, line);
    }
  }

  @Test
  void whatIsDoneSaysHowLongItTook() {
    List<String> lines = new ArrayList<>();
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("training")
            .setInitialMax(4)
            .setConsumer(new DelegatingProgressBarConsumer(lines::add, 80))
            .setRenderer(new BarRenderer())
            .build()) {
      bar.stepTo(4);
    }
    String last = lines.get(lines.size() - 1);
    assertTrue(last.matches("training 100% \\[={16}\\] 4/4  took 0:00:\\d\\d"), last);
    assertFalse(last.contains("left"), last);
  }

  private static String line(String task, long done, long all, int width) {
    return BarRenderer.line(task, done, all, LEFT, MESSAGE, width);
  }
}
