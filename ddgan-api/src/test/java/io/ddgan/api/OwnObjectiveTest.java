package io.ddgan.api;

import io.ddgan.contract.ObjectiveContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;

/** Tests the contract on an objective with an additional network and constants. */
class OwnObjectiveTest extends ObjectiveContract {

  @Override
  protected Stream<Objective> objectives() {
    return Stream.of(new Judged());
  }

  /** The generator follows its average, itself, and an additional network fitted to its outputs. */
  private record Judged() implements Objective {

    private static final String JUDGE = "judge";

    @Override
    public Map<String, Network> networks(ObjectiveComponents components) {
      Map<String, Network> networks = new LinkedHashMap<>();
      networks.put(GENERATOR, components.generator());
      networks.put(JUDGE, components.requireDiscriminator());
      return networks;
    }

    @Override
    public List<Phase> phases(ObjectiveComponents components) {
      return List.of(
          new Phase(
              "fit-judge",
              JUDGE,
              new StepInterval(2),
              Optional.of(Ramp.constant(0.1)),
              this::judge),
          Phase.of(GENERATOR, this::follow));
    }

    private Inputs given(Batch batch) {
      return generatorInputs(batch, batch.xtp1());
    }

    private SDVariable judged(Batch batch, SDVariable output) {
      return batch.apply(
          JUDGE, batch.inputs().with(Inputs.XT, output).with(Inputs.XTP1, batch.xtp1()));
    }

    private SDVariable judge(Batch batch) {
      Inputs unlabelled =
          batch.label().isPresent()
              ? given(batch).with(Inputs.LABEL, batch.zeros(Inputs.LABEL))
              : given(batch);
      SDVariable output = batch.applyDetached(GENERATOR, unlabelled);
      SDVariable score = judged(batch, output);
      batch.report("score", score);
      return batch.sameDiff().math().square(score.sub(1));
    }

    private SDVariable follow(Batch batch) {
      SDVariable output = batch.apply(GENERATOR, given(batch));
      SDVariable average = batch.applyDetached(EMA, given(batch));
      SDVariable target = batch.stopGradient(output.mul(0.5)).add(average);
      var math = batch.sameDiff().math();
      SDVariable score = judged(batch, batch.reverseStep(output)).mean();
      SDVariable loss = math.square(output.sub(target)).mean().sub(score);
      if (batch.isDue(new StepInterval(3))) {
        SDVariable between = output.mul(batch.uniform("share")).add(batch.normal("noise"));
        SDVariable term = math.square(between).mean().mul(batch.number(Ramp.cosine(0.7, 0)));
        batch.report("term", term);
        loss = loss.add(term);
      }
      return loss;
    }
  }
}
