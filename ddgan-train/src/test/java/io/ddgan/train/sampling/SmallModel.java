package io.ddgan.train.sampling;

import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.Sampler.Step;
import io.ddgan.contract.SmallParts;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.experiment.DataCodec;
import io.ddgan.train.phase.Freeze;
import io.ddgan.train.phase.GeneratorAlone;
import io.ddgan.train.phase.ModelDefinition;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/** A generator of random weights that uses all pixels, with three sampler steps. */
final class SmallModel implements AutoCloseable {

  static final RandomStreams RANDOM = new RandomStreams(5);

  private final ObjectiveComponents components = SmallParts.of(List.of());
  private final List<Step> path =
      Stream.of(2, 1, 0)
          .map(t -> new Step(t, components.parameterization().reverseStep(components.process(), t)))
          .toList();
  private final DataCodec coding;
  private final ModelDefinition model;
  private final ParameterSet weights;
  private final SamplingLoop synthesis;

  SmallModel(DataCodec coding, int batch) {
    this.coding = coding;
    this.model =
        new ModelDefinition(
            new GeneratorAlone(List.of()),
            components,
            Map.of(),
            Engine.nd4j(),
            coding.encoded(),
            0,
            batch,
            Freeze.NOTHING);
    this.weights =
        ParameterSet.initialised(
            model.generatorLayout(), DataType.FLOAT, Objective.GENERATOR, RANDOM);
    this.synthesis = new SamplingLoop(model, coding, path, weights, model.batch());
  }

  ModelDefinition model() {
    return model;
  }

  SamplingLoop synthesis() {
    return synthesis;
  }

  KnownRegion known(MaskedImage image, RepaintSchedule resampling) {
    return new KnownRegion(
        image,
        coding,
        components.process(),
        path,
        resampling::order,
        KnownRegion.noises(RANDOM, coding.encoded().size()));
  }

  @Override
  public void close() {
    synthesis.close();
    weights.close();
  }
}
