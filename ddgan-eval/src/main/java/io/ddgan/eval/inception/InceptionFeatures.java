package io.ddgan.eval.inception;

import io.ddgan.api.DataShape;
import io.ddgan.api.Features;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** The network at its work on images of one shape. */
final class InceptionFeatures implements Features {

  private static final String NETWORK = "inception";
  private static final DataShape INPUT =
      DataShape.image(3, InceptionNetwork.SIZE, InceptionNetwork.SIZE);

  private final InceptionWeights weights;
  private final DataShape shape;
  private final int batch;
  private final CompiledPlan plan;
  private final Bilinear resize;
  private final float[] images;

  /**
   * Prepares the network.
   *
   * @param weights closed with the features
   * @param shape shape of the images, with 1 or 3 channels
   */
  InceptionFeatures(InceptionWeights weights, DataShape shape, int batch) {
    this.weights = weights;
    this.shape = shape;
    this.batch = batch;
    this.resize = new Bilinear(shape.height(), shape.width(), INPUT.height(), INPUT.width());
    this.images = new float[Math.multiplyExact(batch, INPUT.size())];
    this.plan = plan(weights, batch);
  }

  private static CompiledPlan plan(InceptionWeights weights, int batch) {
    Graph graph = new Graph(DataType.FLOAT, batch, INPUT);
    SDVariable input = graph.input("images", INPUT.batch(batch));
    InceptionNetwork.Output output =
        InceptionNetwork.build(graph.network(NETWORK, weights.parameters().layout()), input);
    return CompiledPlan.of(graph)
        .parameters(NETWORK, weights.parameters())
        .output("features", output.features())
        .output("probabilities", graph.sameDiff().nn().softmax(output.logits(), 1))
        .build();
  }

  @Override
  public String description() {
    return "InceptionV3 of 2015-12-05, as pytorch-fid computes it";
  }

  @Override
  public String fingerprint() {
    return weights.fingerprint();
  }

  @Override
  public int size() {
    return InceptionNetwork.FEATURES;
  }

  @Override
  public int classes() {
    return InceptionNetwork.CLASSES;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public void extract(float[] examples, int count, float[] features, float[] probabilities) {
    Objects.checkFromIndexSize(0, count, batch);
    for (int i = 0; i < count; i++) {
      resize(examples, i * shape.size(), i * INPUT.size());
    }
    plan.set("images", images);
    plan.run();
    System.arraycopy(plan.get("features"), 0, features, 0, count * size());
    System.arraycopy(plan.get("probabilities"), 0, probabilities, 0, count * classes());
  }

  /** Resizes every channel; a single one becomes three. */
  private void resize(float[] examples, int from, int to) {
    int old = shape.height() * shape.width();
    int map = INPUT.height() * INPUT.width();
    for (int c = 0; c < INPUT.channels(); c++) {
      if (c < shape.channels()) {
        resize.apply(examples, from + c * old, images, to + c * map);
      } else {
        System.arraycopy(images, to, images, to + c * map, map);
      }
    }
  }

  @Override
  public void close() {
    plan.close();
    weights.close();
  }
}
