package io.ddgan.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.Ramp;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoconRendererTest {

  private final HoconRenderer renderer = new HoconRenderer(Example.registry());
  private final Binder binder = new Binder(Example.registry());

  @Test
  void writesEveryKeyInTheOrderOfTheRecord() {
    assertEquals(
        """
        batch = 16
        seed = 7
        rate = 0.001
        warm-up = true
        name = "example"
        order = as-stored
        folder = "/data"
        widths = [1, 2, 2]
        tags = []
        averages {
          beta1 = 0.5
          beta2 = 0.9
        }
        schedule {
          type = constant
          steps = 2
          beta-min = 0.1
        }
        metrics = [
          {
            type = count
            samples = 100
            label = null
          }
          {
            type = count
            samples = 5
            label = "few, \\"good\\""
          }
        ]
        weight = { from = 1.0, to = 0.25, steps = 1000, shape = linear }
        decay = 0.9
        chance = 0.25
        """,
        renderer.render(Example.BOUND));
  }

  @Test
  void writtenRecordsBindToEqualRecords() {
    Example extreme =
        new Example(
            Integer.MAX_VALUE,
            Long.MIN_VALUE,
            1e-30,
            false,
            "${not.a.substitution} # \n\"",
            Example.Order.SHUFFLED,
            Optional.empty(),
            List.of(),
            List.of("", "null", "1"),
            new Example.Averages(-1e300, 1.0 / 3),
            new Example.Rising(1, 12345678.9),
            List.of(),
            new Ramp(1e-30, 1, Optional.empty(), Ramp.Shape.COSINE),
            Optional.empty(),
            new AdaptiveValue(
                0.6, Optional.of(0.5), 1e-30, 1.0 / 3 + 0.5, 1L << 40, 7, "logit-real"));
    for (Example example : List.of(Example.BOUND, extreme)) {
      String text = renderer.render(example);
      assertEquals(example, binder.bind(Example.class, Hocon.text(text, "experiment.conf")));
    }
  }

  @Test
  void writesScheduledValuesOnOneLineAndConstantsAsNumbers() {
    Ramp odd = new Ramp(0.5, 0.5, Optional.of(3L), Ramp.Shape.LINEAR);
    assertEquals("0.5", renderer.renderValue(Ramp.constant(0.5)));
    assertEquals("{ from = 0.5, to = 0.5, steps = 3, shape = linear }", renderer.renderValue(odd));
    assertEquals(
        "{ target = 0.6, start = null, min = 0.0, max = 1.0, adaptation-examples = 500, every = 4,"
            + " monitor = \"overfitting\" }",
        renderer.renderValue(
            new AdaptiveValue(0.6, Optional.empty(), 0, 1, 500, 4, "overfitting")));
  }
}
