package io.ddgan.train.step;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.Batch;
import io.ddgan.api.GradientPenalty;
import io.ddgan.api.Inputs;
import io.ddgan.api.Phase;
import io.ddgan.api.StepInterval;
import io.ddgan.train.phase.NotFiniteException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;

/** Error messages for objectives that cannot be trained. */
class FlawedObjectiveTest {

  private static final Phase SOUND = phase(FlawedObjectiveTest::output);
  private static final AdaptiveValue SLOW =
      new AdaptiveValue(0.5, Optional.empty(), 0, 1, 80, 2, "mood");
  private static final AdaptiveValue FAST =
      new AdaptiveValue(0.5, Optional.empty(), 0, 1, 80, 1, "mood");

  private static Phase phase(Function<Batch, SDVariable> loss) {
    return phase("generator", loss);
  }

  private static Phase phase(String name, Function<Batch, SDVariable> loss) {
    return new Phase(
        name,
        "generator",
        StepInterval.ALWAYS,
        Optional.empty(),
        batch -> loss.apply(batch).mean());
  }

  private static SDVariable output(Batch batch) {
    return batch.apply("generator", inputs(batch));
  }

  private static Inputs inputs(Batch batch) {
    return batch.inputs().with(Inputs.XTP1, batch.xtp1()).with(Inputs.LATENT, batch.latent());
  }

  private static Phase reporting(String name, String... columns) {
    return phase(
        name,
        batch -> {
          for (String column : columns) {
            batch.report(column, output(batch).mean());
          }
          return output(batch);
        });
  }

  private static Phase following(String name, String number, AdaptiveValue adaptive) {
    return phase(
        name,
        batch -> {
          batch.controlSignal("mood", output(batch).mean());
          return output(batch).mul(batch.number(number, adaptive));
        });
  }

  static Stream<Arguments> flaws() {
    GradientPenalty penalty =
        new GradientPenalty() {
          @Override
          public int every() {
            return 1;
          }

          @Override
          public SDVariable penalty(SDVariable gradient) {
            return gradient.mean();
          }
        };
    return Stream.of(
        Arguments.of(
            "uses a network named critic, but has only [discriminator, generator]",
            List.of(phase(batch -> batch.apply("critic", inputs(batch))))),
        Arguments.of(
            "trains the network discriminator, but its loss uses only [generator]",
            List.of(SOUND, Phase.of("discriminator", batch -> output(batch).mean()))),
        Arguments.of("two values named loss", List.of(reporting("generator", "loss", "loss"))),
        Arguments.of(
            "column loss twice", List.of(reporting("generator", "loss"), reporting("b", "loss"))),
        Arguments.of("column generator-gradient-norm twice", List.of(SOUND, SOUND)),
        Arguments.of(
            "column strength twice",
            List.of(following("generator", "strength", SLOW), reporting("b", "strength"))),
        Arguments.of(
            "two adaptive values named strength",
            List.of(following("generator", "strength", SLOW), following("b", "strength", FAST))),
        Arguments.of("'The Number'", List.of(following("generator", "The Number", SLOW))),
        Arguments.of(
            "unknown input 'text'",
            List.of(phase(batch -> output(batch).add(batch.zeros("text"))))),
        Arguments.of(
            "the loss of the phase generator cannot be built: ",
            List.of(phase(batch -> batch.sameDiff().mmul(output(batch), batch.normal("a", 3, 3))))),
        Arguments.of(
            "the loss of the phase generator has the shape [8,",
            List.of(Phase.of("generator", FlawedObjectiveTest::output))),
        Arguments.of(
            "value wide has the shape [2], but must be a scalar",
            List.of(
                phase(
                    batch -> {
                      batch.report("wide", output(batch).mean(0));
                      return output(batch);
                    }))),
        Arguments.of(
            "a gradient penalty needs logits that depend on its examples",
            List.of(
                phase(batch -> batch.penalty(penalty, batch.x0().mul(2), output(batch).sum(1))))));
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void explainsWhyAnObjectiveCannotTrain(String message, List<Phase> phases) {
    assertFails(message, phases);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Loss", "my_loss", "", "loss-t0", "loss-t0-12"})
  void refusesAnInvalidColumnName(String column) {
    assertFails("reports a value named '" + column + "'", List.of(reporting("generator", column)));
  }

  private static void assertFails(String message, List<Phase> phases) {
    RuntimeException e =
        assertThrows(
            RuntimeException.class,
            () -> new TinyTraining(new Options(), phases.toArray(Phase[]::new)).close());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  /** The square root has an infinite slope at 0. */
  @Test
  void namesTheParameterOfANonFiniteGradient() throws IOException {
    Phase steep = phase(batch -> batch.sameDiff().math().sqrt(output(batch).mul(0)));
    try (TinyTraining training = new TinyTraining(new Options(), steep)) {
      String message = assertThrows(NotFiniteException.class, () -> training.run(4)).getMessage();
      assertTrue(
          message.startsWith("the gradient of the network generator's weight is NaN in step 5"),
          message);
    }
  }
}
