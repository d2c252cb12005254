package io.ddgan.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

class InputsTest {

  private final SameDiff sameDiff = SameDiff.create();
  private final SDVariable one = sameDiff.constant(1);
  private final SDVariable another = sameDiff.constant(2);

  @Test
  void areFoundByTheNamesThatHaveAMethod() {
    SDVariable[] values = new SDVariable[5];
    for (int i = 0; i < values.length; i++) {
      values[i] = sameDiff.constant(i);
    }
    Inputs inputs =
        Inputs.none()
            .with(Inputs.CLEANER, values[0])
            .with(Inputs.NOISIER, values[1])
            .with(Inputs.TIME, values[2])
            .with(Inputs.LATENT, values[3])
            .with(Inputs.LABEL, values[4]);
    assertSame(values[0], inputs.cleaner());
    assertSame(values[1], inputs.noisier());
    assertSame(values[2], inputs.time());
    assertSame(values[3], inputs.latent());
    assertEquals(Optional.of(values[4]), inputs.label());
  }

  @Test
  void stayWhatTheyWereWhenMoreAreMadeOfThem() {
    Inputs inputs = Inputs.none().with("mask", one);
    Inputs more = inputs.with("mask", another).with("depth", one);
    assertSame(one, inputs.get("mask"));
    assertSame(another, more.get("mask"));
    assertSame(one, more.get("depth"));
    assertEquals(Optional.empty(), Inputs.none().label());
  }

  @Test
  void thatAreMissingAreAnErrorThatSaysWhichThereAre() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> Inputs.none().with("mask", one).get("depth"));
    assertEquals(
        "a network needs the input 'depth', but the objective gives it only [mask]",
        e.getMessage());
  }
}
