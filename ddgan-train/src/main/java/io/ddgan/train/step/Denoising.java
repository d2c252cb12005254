package io.ddgan.train.step;

import io.ddgan.api.DataShape;
import io.ddgan.api.DiffusionProcess;
import io.ddgan.api.Generator;
import io.ddgan.api.ReverseStep;
import io.ddgan.graph.CompiledPlan;
import io.ddgan.graph.Graph;
import io.ddgan.graph.ParameterLayout;
import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * One denoising step x_{t+1} to x_t through the generator, as part of a graph. Training and
 * sampling share it.
 */
public final class Denoising {

  /** Name of the generator in graphs. */
  public static final String GENERATOR = "generator";

  private final DiffusionProcess process;
  private final ReverseStep reverse;
  private final SDVariable noisier;
  private final SDVariable time;
  private final SDVariable result;

  private Denoising(
      DiffusionProcess process,
      ReverseStep reverse,
      SDVariable noisier,
      SDVariable time,
      SDVariable result) {
    this.process = process;
    this.reverse = reverse;
    this.noisier = noisier;
    this.time = time;
    this.result = result;
  }

  /** Adds the step and its inputs to a graph. */
  public static Denoising add(
      Graph graph,
      Generator generator,
      ParameterLayout layout,
      DiffusionProcess process,
      ReverseStep reverse) {
    int n = graph.batch();
    DataShape shape = graph.shape();
    SDVariable noisier = graph.input("noisier", shape.batch(n));
    SDVariable time = graph.input("time", n);
    SDVariable latent = graph.input("latent", n, generator.latentSize());
    SDVariable noise = graph.input("noise", shape.batch(n));
    SDVariable output = generator.forward(graph.network(GENERATOR, layout), noisier, time, latent);
    long[] perExample = shape.batch(n);
    Arrays.fill(perExample, 1, perExample.length, 1);
    SDVariable result =
        output
            .mul(graph.input("output-coefficient", perExample))
            .add(noisier.mul(graph.input("noisier-coefficient", perExample)))
            .add(noise.mul(graph.input("noise-coefficient", perExample)));
    return new Denoising(process, reverse, noisier, time, result);
  }

  /** The input x_{t+1}. */
  public SDVariable noisier() {
    return noisier;
  }

  /** The input t. */
  public SDVariable time() {
    return time;
  }

  /** The generated x_t. */
  public SDVariable result() {
    return result;
  }

  /** Writes the inputs of a plan. */
  public void set(CompiledPlan plan, int[] times, float[] x, float[] latent, float[] noise) {
    plan.set("noisier", x);
    plan.set("time", floats(times));
    plan.set("latent", latent);
    plan.set("noise", noise);
    float[] output = new float[times.length];
    float[] noisy = new float[times.length];
    float[] noisiness = new float[times.length];
    for (int i = 0; i < times.length; i++) {
      ReverseStep.Coefficients c = reverse.at(process, times[i]);
      output[i] = (float) c.output();
      noisy[i] = (float) c.noisy();
      noisiness[i] = (float) c.noise();
    }
    plan.set("output-coefficient", output);
    plan.set("noisier-coefficient", noisy);
    plan.set("noise-coefficient", noisiness);
  }

  static float[] floats(int[] times) {
    float[] values = new float[times.length];
    for (int i = 0; i < times.length; i++) {
      values[i] = times[i];
    }
    return values;
  }
}
