package io.ddgan.train.phase;

import io.ddgan.api.Inputs;
import io.ddgan.api.Objective;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import io.ddgan.internal.graph.ParameterSet;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** Computes the discriminator's logits of batches of denoising steps, without gradients. */
public final class DiscriminatorPlan implements AutoCloseable {

  private final ModelDefinition model;
  private final CompiledPlan plan;

  private DiscriminatorPlan(ModelDefinition model, CompiledPlan plan) {
    this.model = model;
    this.plan = plan;
  }

  /** Compiles a model's discriminator; empty if the objective has none with such logits. */
  public static Optional<DiscriminatorPlan> prepare(ModelDefinition model, ParameterSet weights) {
    Graph graph = SamplingGraph.graph(model);
    long[] shape = model.shape().batch(model.batch());
    return model
        .objective()
        .discriminatorInputs(
            new GraphInputs(model, graph),
            graph.input(Inputs.XT, shape),
            graph.input(Inputs.XTP1, shape))
        .map(inputs -> new DiscriminatorPlan(model, plan(model, graph, inputs, weights)));
  }

  private static CompiledPlan plan(
      ModelDefinition model, Graph graph, Inputs inputs, ParameterSet weights) {
    SDVariable logits =
        ModelDefinition.forward(
            Objective.DISCRIMINATOR,
            model.network(Objective.DISCRIMINATOR),
            graph.network(Objective.DISCRIMINATOR, weights.layout()),
            inputs);
    return CompiledPlan.of(graph)
        .on(model.engine())
        .parameters(Objective.DISCRIMINATOR, weights)
        .output("logits", logits)
        .build();
  }

  /**
   * Returns the logits of a batch, {@code [N]}.
   *
   * @param t the time of x_t
   * @param xt x_t, {@code [N, ...shape]}
   * @param xtp1 x_{t+1}, {@code [N, ...shape]}
   * @param label the class of all examples; ignored by an unconditional discriminator
   */
  public float[] logits(int t, float[] xt, float[] xtp1, int label) {
    float[] times = new float[model.batch()];
    Arrays.fill(times, t);
    set(Inputs.XT, xt);
    set(Inputs.XTP1, xtp1);
    set(Inputs.TIME, times);
    if (plan.used().contains(Inputs.LABEL)) {
      int[] labels = new int[model.batch()];
      Arrays.fill(labels, label);
      plan.set(Inputs.LABEL, InputSource.oneHot(labels, model.classes()));
    }
    plan.run();
    return plan.get("logits");
  }

  private void set(String name, float[] values) {
    if (plan.used().contains(name)) {
      plan.set(name, values);
    }
  }

  @Override
  public void close() {
    plan.close();
  }
}
