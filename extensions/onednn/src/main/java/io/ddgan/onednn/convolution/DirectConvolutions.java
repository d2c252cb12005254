package io.ddgan.onednn.convolution;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.layout.FeatureMaps;
import io.ddgan.onednn.runtime.DnnlObjects;
import io.ddgan.onednn.runtime.DnnlObjects.Argument;
import io.ddgan.onednn.runtime.DnnlObjects.Bound;
import io.ddgan.onednn.runtime.DnnlObjects.Primitive;
import io.ddgan.onednn.runtime.ExampleGroup;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.Scratch;
import io.ddgan.onednn.runtime.WorkerThreads;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Direct convolutions of channels-last maps and their gradients, by oneDNN. */
public final class DirectConvolutions implements ConvolutionMethod {

  private final KernelRuntime runtime;
  private final ConvolutionCalls calls;

  public DirectConvolutions(ConvolutionCalls calls) {
    this.runtime = calls.runtime();
    this.calls = calls;
  }

  /** Describes a primitive for a number of examples; oneDNN chooses the layout of the weights. */
  private interface Description {
    dnnl_primitive_desc of(DnnlObjects objects, long count, dnnl_memory_desc weights);
  }

  @Override
  public void map(DataConvolution m) {
    ConvolutionShape g = m.g();
    long pixels = m.isGradient() ? g.height() * g.width() : g.outHeight() * g.outWidth();
    Description description =
        m.isGradient()
            ? (objects, count, w) -> backwardData(objects, g, count, w)
            : (objects, count, w) -> forward(objects, g, count, w, m.bias().isPresent());
    calls.map(
        m,
        m.weights(),
        g.groups().get(0).count() * pixels,
        (maps, then) -> mapped(m, description, maps, then));
  }

  /** Returns a kernel that reorders the weights to oneDNN's layout in every run. */
  private Kernel mapped(
      DataConvolution m, Description description, Value to, WorkerThreads.Part then) {
    ConvolutionShape g = m.g();
    int fromRole = m.isGradient() ? DnnlObjects.DESTINATION_GRADIENT : DnnlObjects.SOURCE;
    int toRole = m.isGradient() ? DnnlObjects.SOURCE_GRADIENT : DnnlObjects.DESTINATION;
    DnnlObjects objects = runtime.objects();
    List<ExampleGroup> groups = g.groups();
    dnnl_primitive_desc first =
        description.of(objects, groups.get(0).count(), objects.any(g.weights()));
    dnnl_memory_desc order = DnnlObjects.layout(first, dnnl_query_weights_md);
    dnnl_memory_desc plain = objects.strided(g.weights(), FeatureMaps.rowMajor(g.weights()));
    Bound reorder =
        objects.reorder(
            objects.array(plain, KernelRuntime.address(m.weights())),
            objects.inSharedArea(order, 0));
    List<Bound> parts = new ArrayList<>();
    for (ExampleGroup group : groups) {
      Primitive primitive =
          objects.primitive(
              group.count(),
              () -> parts.isEmpty() ? first : description.of(objects, group.count(), order));
      List<Argument> arguments = new ArrayList<>();
      arguments.add(objects.inSharedArea(order, 0).as(DnnlObjects.WEIGHTS));
      arguments.add(maps(objects, fromRole, m.from(), group));
      arguments.add(maps(objects, toRole, to, group));
      m.bias()
          .ifPresent(
              b ->
                  arguments.add(
                      objects
                          .array(bias(objects, g), KernelRuntime.address(b))
                          .as(DnnlObjects.BIAS)));
      parts.add(objects.bind(primitive, arguments.toArray(Argument[]::new)));
    }
    return objects.kernel(
        () -> {
          runtime.run(reorder, 0);
          runtime.run(
              parts.size(),
              (part, worker) -> {
                runtime.run(parts.get(part), worker);
                then.run(part, worker);
              });
        });
  }

  @Override
  public void weightGradient(ConvolutionShape g, Value x, Value gradient, Value weights) {
    calls.weightGradient(g, x, gradient, weights, () -> weightKernel(g, x, gradient, weights));
  }

  /** Returns a kernel that sums each group separately, then adds the sums in order. */
  private Kernel weightKernel(ConvolutionShape g, Value x, Value gradient, Value weights) {
    DnnlObjects objects = runtime.objects();
    List<ExampleGroup> groups = g.groups();
    dnnl_primitive_desc first =
        backwardWeights(objects, g, groups.get(0).count(), objects.any(g.weights()));
    dnnl_memory_desc order = DnnlObjects.layout(first, dnnl_query_diff_weights_md);
    long size = Scratch.wholeLines(dnnl_memory_desc_get_size(order));
    List<Bound> parts = new ArrayList<>();
    for (ExampleGroup group : groups) {
      Primitive primitive =
          objects.primitive(
              group.count(),
              () -> parts.isEmpty() ? first : backwardWeights(objects, g, group.count(), order));
      parts.add(
          objects.bind(
              primitive,
              maps(objects, DnnlObjects.SOURCE, x, group),
              maps(objects, DnnlObjects.DESTINATION_GRADIENT, gradient, group),
              objects.inSharedArea(order, parts.size() * size).as(DnnlObjects.WEIGHTS_GRADIENT)));
    }
    dnnl_memory_desc plain = objects.strided(g.weights(), FeatureMaps.rowMajor(g.weights()));
    Bound reorder =
        objects.reorder(
            objects.inSharedArea(order, 0), objects.array(plain, KernelRuntime.address(weights)));
    int floats = (int) (size / Float.BYTES);
    return objects.kernel(
        () -> {
          runtime.run(parts);
          runtime.addUp(floats, parts.size());
          runtime.run(reorder, 0);
        });
  }

  private static Argument maps(DnnlObjects objects, int role, Value maps, ExampleGroup group) {
    long[] s = maps.shape(); // with the channels last
    long[] shape = {group.count(), s[3], s[1], s[2]};
    long offset = group.first() * s[1] * s[2] * s[3] * Float.BYTES;
    return objects.array(last(objects, shape), KernelRuntime.address(maps) + offset).as(role);
  }

  private static dnnl_memory_desc bias(DnnlObjects objects, ConvolutionShape g) {
    return objects.strided(new long[] {g.out()}, 1);
  }

  private static dnnl_memory_desc last(DnnlObjects objects, long[] shape) {
    return objects.strided(shape, FeatureMaps.lastStrides(shape));
  }

  private static dnnl_primitive_desc forward(
      DnnlObjects objects,
      ConvolutionShape g,
      long count,
      dnnl_memory_desc weights,
      boolean hasBias) {
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    DnnlObjects.check(
        dnnl_convolution_forward_primitive_desc_create(
            description,
            objects.engine(),
            dnnl_forward_training,
            dnnl_convolution_direct,
            last(objects, g.input(count)),
            weights,
            hasBias ? bias(objects, g) : null,
            last(objects, g.output(count)),
            g.strides(),
            new long[2],
            g.before(),
            g.after(),
            objects.attributes()),
        "a convolution " + g);
    return objects.owned(description);
  }

  private static dnnl_primitive_desc backwardData(
      DnnlObjects objects, ConvolutionShape g, long count, dnnl_memory_desc weights) {
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    DnnlObjects.check(
        dnnl_convolution_backward_data_primitive_desc_create(
            description,
            objects.engine(),
            dnnl_convolution_direct,
            last(objects, g.input(count)),
            weights,
            last(objects, g.output(count)),
            g.strides(),
            new long[2],
            g.before(),
            g.after(),
            forward(objects, g, count, objects.any(g.weights()), false),
            objects.attributes()),
        "the gradient of a convolution's input " + g);
    return objects.owned(description);
  }

  private static dnnl_primitive_desc backwardWeights(
      DnnlObjects objects, ConvolutionShape g, long count, dnnl_memory_desc weights) {
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    DnnlObjects.check(
        dnnl_convolution_backward_weights_primitive_desc_create(
            description,
            objects.engine(),
            dnnl_convolution_direct,
            last(objects, g.input(count)),
            weights,
            null,
            last(objects, g.output(count)),
            g.strides(),
            new long[2],
            g.before(),
            g.after(),
            forward(objects, g, count, objects.any(g.weights()), false),
            objects.attributes()),
        "the gradient of a convolution's weights " + g);
    return objects.owned(description);
  }
}
