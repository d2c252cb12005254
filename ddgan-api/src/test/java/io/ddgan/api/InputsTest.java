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
  void findsInputsByTheNamesOfTheirMethods() {
    Inputs inputs = Inputs.none().with(Inputs.XT, one).with(Inputs.LATENT, another);
    assertSame(one, inputs.xt());
    assertSame(another, inputs.latent());
    Inputs others = Inputs.none().with(Inputs.XTP1, one).with(Inputs.TIME, another);
    assertSame(one, others.xtp1());
    assertSame(another, others.time());
    assertEquals(Optional.of(one), others.with(Inputs.LABEL, one).label());
  }

  @Test
  void isUnchangedByAddingInputs() {
    Inputs inputs = Inputs.none().with("mask", one);
    Inputs more = inputs.with("mask", another).with("depth", one);
    assertSame(one, inputs.get("mask"));
    assertSame(another, more.get("mask"));
    assertSame(one, more.get("depth"));
    assertEquals(Optional.empty(), Inputs.none().label());
  }

  @Test
  void listsTheInputsIfOneIsMissing() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> Inputs.none().with("mask", one).get("depth"));
    assertEquals(
        "a network needs the input 'depth', but the objective provides only [mask]",
        e.getMessage());
  }
}
