package io.ddgan.train.step;

import io.ddgan.api.Augmentation;
import io.ddgan.api.DataShape;
import io.ddgan.api.Generator;
import io.ddgan.api.Inputs;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.ObjectiveComponents;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.ParameterScope;
import io.ddgan.api.Phase;
import io.ddgan.contract.SmallParts;
import io.ddgan.engine.Engine;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.Batches;
import io.ddgan.train.data.Readers;
import io.ddgan.train.experiment.TrainingSettings;
import io.ddgan.train.phase.Freeze;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.phase.PhaseDraw;
import io.ddgan.train.phase.StepDraws;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.nd4j.autodiff.samediff.SDVariable;

/** Trains a linear generator and a small discriminator on points, with given phases. */
final class TinyTraining implements AutoCloseable {

  static final int BATCH = 8;
  static final DataShape SHAPE = DataShape.point(2);

  private final Readers readers = Readers.start();
  private final ModelDefinition model;
  private final TrainingState state;
  private final TrainingStep step;
  private final StepDraws draws;

  TinyTraining(Options options, Phase... phases) {
    this(options, List.of(), phases);
  }

  TinyTraining(Options options, List<Augmentation> augmentations, Phase... phases) {
    TrainingSettings settings = options.settings();
    model =
        new ModelDefinition(
            new OfPhases(List.of(phases)),
            SmallParts.of(new LinearGenerator(), augmentations),
            Map.of(),
            Engine.nd4j(),
            SHAPE,
            0,
            BATCH,
            Freeze.NOTHING);
    RandomStreams random = new RandomStreams(3);
    try {
      state = TrainingState.initial(model, model.used(), SHAPE, settings.optimiser(), random);
      step = new TrainingStep(model, settings, state);
    } catch (RuntimeException e) {
      readers.close();
      throw e;
    }
    Batches batches = new Batches(new Grid(), readers, random, BATCH, examples -> examples);
    draws = new StepDraws(batches, random, step.phases(), settings.steps());
  }

  Map<String, Double> run(long number) throws IOException {
    return step.run(number, draw(number));
  }

  /** Draws the inputs of a step, possibly long before it. */
  Map<String, PhaseDraw> draw(long number) throws IOException {
    return draws.draw(number);
  }

  ModelDefinition model() {
    return model;
  }

  TrainingStep step() {
    return step;
  }

  TrainingState state() {
    return state;
  }

  /** Returns a copy of a network's weights; the initial ones if no phase trains it. */
  float[] weights(String network) {
    return values(state.weights(network));
  }

  float[] average() {
    return values(state.ema());
  }

  float[] parameter(String network, String name) {
    return state.weights(network).view(name).dup().data().asFloat();
  }

  /** Returns copies of the whole training state. */
  List<List<Float>> values() {
    List<List<Float>> all = new ArrayList<>();
    state
        .networks()
        .values()
        .forEach(
            learner -> {
              all.add(list(learner.weights()));
              learner.optimiserState().values().forEach(set -> all.add(list(set)));
            });
    all.add(list(state.ema()));
    return all;
  }

  private static List<Float> list(ParameterSet set) {
    List<Float> list = new ArrayList<>();
    for (float value : values(set)) {
      list.add(value);
    }
    return list;
  }

  private static float[] values(ParameterSet set) {
    return set.flat().dup().data().asFloat();
  }

  @Override
  public void close() {
    step.close();
    state.close();
    readers.close();
  }

  private record OfPhases(List<Phase> all) implements Objective {

    @Override
    public Map<String, Network> networks(ObjectiveComponents components) {
      return new TreeMap<>(
          Map.of(
              GENERATOR, components.generator(), DISCRIMINATOR, components.requireDiscriminator()));
    }

    @Override
    public List<Phase> phases(ObjectiveComponents components) {
      return all;
    }
  }

  /** A linear generator with frozen parameters. */
  private record LinearGenerator() implements Generator {

    @Override
    public int latentSize() {
      return 2;
    }

    @Override
    public SDVariable forward(ParameterScope p, Inputs inputs) {
      SDVariable frequencies = p.frozenParameter("frequencies", LinearGenerator::ramp, 2);
      SDVariable weight = p.parameter("weight", LinearGenerator::ramp, 2, 2);
      SDVariable bias = p.parameter("bias", LinearGenerator::ramp, 2);
      SDVariable mixed = inputs.xtp1().add(inputs.latent().mul(frequencies.reshape(1, 2)));
      return p.sameDiff().mmul(mixed, weight, false, true, false).add(bias.reshape(1, 2));
    }

    private static float[] ramp(long[] shape, RandomGenerator random) {
      float[] values = new float[(int) (shape.length == 2 ? shape[0] * shape[1] : shape[0])];
      for (int i = 0; i < values.length; i++) {
        values[i] = 0.3f * (i + 1);
      }
      return values;
    }
  }

  /** Points on a grid. */
  private record Grid() implements OpenDataset {

    @Override
    public DataShape shape() {
      return SHAPE;
    }

    @Override
    public int size() {
      return 25;
    }

    @Override
    public void read(int index, float[] out, int offset) {
      out[offset] = index % 5 - 2;
      out[offset + 1] = index / 5 - 2;
    }
  }
}
