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
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** Takes examples one network evaluation further, with given weights and without gradients. */
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
   * Prepares a model's generator with weights that are read in every run.
   *
   * @param workspace that of a training whose steps have not begun yet, to share its memory with
   *     plans that never run at the same time
   */
  public static SamplerStepPlan prepare(
      ModelDefinition model, ParameterSet weights, Optional<Workspace> workspace) {
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
    CompiledPlan.Builder plan =
        CompiledPlan.of(graph)
            .on(model.engine())
            .batchInvariance(model.batch())
            .parameters(Objective.GENERATOR, weights)
            .output("next", next)
            .output(OUTPUT, output);
    workspace.ifPresent(plan::in);
    return new SamplerStepPlan(model, plan.build());
  }

  /**
   * Takes a batch one evaluation further on a sampler's path.
   *
   * @param xtp1 what the generator is given, {@code [N, ...shape]}
   * @param latent z, {@code [N, latentSize]}
   * @param labels the class of each example; not looked at where the data has none
   * @param noise standard normal noise, {@code [N, ...shape]}
   * @return what the next evaluation is given, or the examples, {@code [N, ...shape]}
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

  /** What the generator itself gave in the last evaluation, {@code [N, ...shape]}. */
  public float[] output() {
    return plan.get(OUTPUT);
  }

  private void set(String name, float[] values) {
    if (plan.used().contains(name)) {
      plan.set(name, values);
    }
  }

  /** Whether latent vectors make a difference. */
  public boolean hasLatent() {
    return plan.used().contains(Inputs.LATENT);
  }

  /** Whether the class makes a difference. */
  public boolean isConditional() {
    return plan.used().contains(Inputs.LABEL);
  }

  /** Bytes of memory, see {@link CompiledPlan#bytes}. */
  public long bytes() {
    return plan.bytes();
  }

  @Override
  public void close() {
    plan.close();
  }
}
