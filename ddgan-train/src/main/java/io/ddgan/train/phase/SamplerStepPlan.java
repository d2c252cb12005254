package io.ddgan.train.phase;

import io.ddgan.api.Inputs;
import io.ddgan.api.Objective;
import io.ddgan.api.Parameterization.Coefficients;
import io.ddgan.api.Sampler.Step;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterSet;
import io.ddgan.internal.graph.Workspace;
import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;

/** Computes one sampler step of a batch with given weights. */
public final class SamplerStepPlan implements AutoCloseable {

  private static final String NOISE = "noise";
  private static final String OUTPUT = "output";

  private final ModelDefinition model;
  private final CompiledPlan plan;

  private SamplerStepPlan(ModelDefinition model, CompiledPlan plan) {
    this.model = model;
    this.plan = plan;
  }

  /**
   * Compiles a model's generator. An example has the same bits in batches of any size.
   *
   * @param size number of examples; the model's batch decides which methods compute them
   * @param isConstant whether the weights stay the same, so that what depends on them alone is
   *     computed only once; this takes memory
   * @param workspace memory shared with plans that never run at the same time
   */
  public static SamplerStepPlan prepare(
      ModelDefinition trained,
      int size,
      ParameterSet weights,
      boolean isConstant,
      Workspace workspace) {
    ModelDefinition model = trained.withBatch(size);
    SamplingGraph evaluation = SamplingGraph.evaluation(model, weights.layout());
    Graph graph = evaluation.graph();
    long[] shape = model.shape().batch(model.batch());
    SDVariable xtp1 = graph.sameDiff().getVariable(Inputs.XTP1);
    SDVariable output = evaluation.output();
    SDVariable next =
        output
            .mul(graph.input("by-output", 1))
            .add(xtp1.mul(graph.input("by-xtp1", 1)))
            .add(graph.input(NOISE, shape).mul(graph.input("by-noise", 1)));
    return new SamplerStepPlan(
        model,
        CompiledPlan.of(graph)
            .on(model.engine())
            .batchInvariance(size, trained.batch())
            .parameters(Objective.GENERATOR, weights)
            .constantWeights(isConstant)
            .output("next", next)
            .output(OUTPUT, output)
            .in(workspace)
            .build());
  }

  /**
   * Computes one sampler step.
   *
   * @param xtp1 the generator's input, {@code [N, ...shape]}
   * @param latent z, {@code [N, latentSize]}
   * @param labels the class of each example; ignored by an unconditional generator
   * @param noise standard normal noise, {@code [N, ...shape]}
   * @return the next step's input, or the examples after the last step, {@code [N, ...shape]}
   */
  public float[] evaluate(
      Step evaluation, float[] xtp1, float[] latent, int[] labels, float[] noise) {
    float[] time = new float[model.batch()];
    Arrays.fill(time, evaluation.t());
    Coefficients next = evaluation.coefficients();
    plan.set(Inputs.XTP1, xtp1);
    set(Inputs.TIME, time);
    set(Inputs.LATENT, latent);
    if (isConditional()) {
      plan.set(Inputs.LABEL, InputSource.oneHot(labels, model.classes()));
    }
    plan.set("by-output", new float[] {(float) next.output()});
    plan.set("by-xtp1", new float[] {(float) next.xtp1()});
    plan.set("by-noise", new float[] {(float) next.noise()});
    plan.set(NOISE, noise);
    plan.run();
    return plan.get("next");
  }

  /** Returns the number of examples. */
  public int size() {
    return model.batch();
  }

  /** Returns the generator's output in the last step, {@code [N, ...shape]}. */
  public float[] output() {
    return plan.get(OUTPUT);
  }

  private void set(String name, float[] values) {
    if (plan.used().contains(name)) {
      plan.set(name, values);
    }
  }

  /** Returns whether the generator uses latent vectors. */
  public boolean hasLatent() {
    return plan.used().contains(Inputs.LATENT);
  }

  /** Returns whether the generator uses the class. */
  public boolean isConditional() {
    return plan.used().contains(Inputs.LABEL);
  }

  /** Returns the bytes of memory, see {@link CompiledPlan#bytes}. */
  public long bytes() {
    return plan.bytes();
  }

  @Override
  public void close() {
    plan.close();
  }
}
