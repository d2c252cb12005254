package io.ddgan.train.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.Batch;
import io.ddgan.api.Cadence;
import io.ddgan.api.Inputs;
import io.ddgan.api.Optimiser;
import io.ddgan.api.Phase;
import io.ddgan.train.phase.NotFiniteException;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;

/** What is said of objectives and optimisers that cannot train. */
class FlawedObjectiveTest {

  private static final Phase SOUND = phase(batch -> output(batch).mean());

  private static Phase phase(Function<Batch, SDVariable> loss) {
    return Phase.of("generator", loss);
  }

  private static SDVariable output(Batch batch) {
    return batch.apply("generator", inputs(batch));
  }

  private static Inputs inputs(Batch batch) {
    return batch.inputs().with(Inputs.NOISIER, batch.noisier()).with(Inputs.LATENT, batch.latent());
  }

  private static String error(Phase... phases) {
    return assertThrows(
            IllegalArgumentException.class, () -> new TinyTraining(new Options(), phases).close())
        .getMessage();
  }

  @Test
  void aNetworkThatTheObjectiveDoesNotHave() {
    assertEquals(
        "the objective uses a network named critic, but has only [discriminator, generator]",
        error(phase(batch -> batch.apply("critic", inputs(batch)).mean())));
  }

  @Test
  void aNetworkThatIsUsedOnlyWhereATermIsNotDue() {
    Phase hidden =
        phase(
            batch -> {
              SDVariable loss = output(batch).mean();
              if (batch.isDue(new Cadence(2))) {
                return loss;
              }
              Inputs inputs =
                  batch
                      .inputs()
                      .with(Inputs.CLEANER, batch.cleaner())
                      .with(Inputs.NOISIER, batch.noisier());
              return loss.add(batch.apply("discriminator", inputs).mean());
            });
    assertEquals(
        "the objective uses the network discriminator only where a term is not due; use it where"
            + " all terms are, too",
        error(hidden));
  }

  @Test
  void aNetworkThatIsTrainedAndNeverUsed() {
    assertEquals(
        "the objective's phase discriminator trains the network discriminator, but no loss uses it",
        error(SOUND, Phase.of("discriminator", batch -> output(batch).mean())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Loss", "my_loss", "", "loss-t0", "loss-t0-12"})
  void aColumnThatCannotBeNamedSo(String column) {
    assertEquals(
        "the objective reports a value named '%s': write it in kebab-case, without a time at its end"
            .formatted(column),
        error(reporting(column)));
  }

  @Test
  void aColumnThatIsReportedTwiceInAPhase() {
    assertEquals(
        "the objective reports two values named loss in one phase",
        error(reporting("loss", "loss")));
  }

  private static Phase reporting(String... columns) {
    return phase(
        batch -> {
          SDVariable loss = output(batch).mean();
          for (String column : columns) {
            batch.report(column, loss);
          }
          return loss;
        });
  }

  @Test
  void aBlankOfAnInputThatThereIsNot() {
    assertEquals(
        "the input 'text' is not one that batches have, so that it cannot be hidden",
        error(phase(batch -> output(batch).add(batch.blank("text")).mean())));
  }

  @Test
  void aDrawInTwoShapes() {
    assertEquals(
        "the objective asks for the draw normal/a in the shape [8, 2] and in the shape [8, 3]; give"
            + " one another name",
        error(
            phase(
                batch ->
                    output(batch).add(batch.normal("a")).sum().add(batch.normal("a", 3).sum()))));
  }

  @Test
  void anOperationThatCannotBeIsSaidWithItsPhase() {
    Phase odd =
        phase(batch -> batch.sameDiff().mmul(output(batch), batch.normal("a", 3, 3)).mean());
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> new TinyTraining(new Options(), odd).close());
    assertTrue(
        e.getMessage().startsWith("the loss of the objective's phase generator cannot be built: "),
        e.getMessage());
    assertTrue(e.getCause() != null);
  }

  /** The square root's slope at 0 is infinite. */
  @Test
  void aGradientThatIsNotFiniteIsNamedByItsParameter() throws IOException {
    Phase steep = phase(batch -> batch.sameDiff().math().sqrt(output(batch).mul(0)).mean());
    try (TinyTraining training = new TinyTraining(new Options(), steep)) {
      String message = assertThrows(NotFiniteException.class, () -> training.run(4)).getMessage();
      assertEquals("the gradient of the network generator's weight is NaN in step 5", message);
    }
  }

  @Test
  void weightsThatAnOptimiserHasSpoiltAreSaidToBe() throws IOException {
    Optimiser spoiling = optimiser(List.of(), update -> update.weights().assign(Double.NaN));
    try (TinyTraining training = new TinyTraining(new Options().withOptimiser(spoiling), SOUND)) {
      training.run(0);
      NotFiniteException e = assertThrows(NotFiniteException.class, () -> training.run(1));
      assertEquals(
          "the norm of the weights of the network generator, after an update by its optimiser, is"
              + " NaN in step 2",
          e.getMessage());
      assertEquals(1, e.getSuppressed().length, "what was seen of it");
    }
  }

  private interface Change {
    void of(Optimiser.Update update);
  }

  private static Optimiser optimiser(List<String> state, Change change) {
    return new Optimiser() {
      @Override
      public List<String> state() {
        return state;
      }

      @Override
      public void update(Update update) {
        change.of(update);
      }
    };
  }
}
