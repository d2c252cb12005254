package io.ddgan.eval.inception;

import io.ddgan.api.DataShape;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.OpenFeatureExtractor;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import io.ddgan.internal.graph.CompiledPlan;
import io.ddgan.internal.graph.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The Inception network (Szegedy et al., 2016) with the weights of 2015-12-05, which define the
 * Inception Score (Salimans et al., 2016) and the Fréchet Inception Distance (Heusel et al., 2017),
 * as <a href="https://github.com/mseitzer/pytorch-fid">pytorch-fid</a> computes it.
 *
 * <p>Images of any size, in [-1, 1], grey or in colour, are resized to 299x299 bilinearly. The
 * features are the 2048 averages of the last maps. The probabilities are of 1008 classes, without
 * the bias of the last layer: the original code of the Inception Score omits it, and scores compare
 * only if all do.
 *
 * @param weights a file with the tensors of pytorch-fid: {@code .pth}, {@code .safetensors} or
 *     {@code .npz}
 */
public record Inception(
    @Key("file of the published weights") Optional<Path> weights,
    @Key(value = "batch size in images; memory grows with it", min = 1, max = 1024) int batchSize)
    implements FeatureExtractor {

  private static final String HOW_TO_GET =
      "download pt_inception-2015-12-05-6726825d.pth from"
          + " https://github.com/mseitzer/pytorch-fid/releases (tag fid_weights) and set"
          + " evaluation.features.weights = FILE";

  @Override
  public String prefix() {
    return "";
  }

  @Override
  public OptionalInt check(DataShape shape, Optional<OpenDataset> real) throws IOException {
    requireColours(shape);
    InceptionWeights.check(file());
    return OptionalInt.of(InceptionNetwork.CLASSES);
  }

  @Override
  public OpenFeatureExtractor open(DataShape shape, Optional<OpenDataset> real, Path cache)
      throws IOException {
    requireColours(shape);
    return new InceptionFeatures(InceptionWeights.read(file()), shape, batchSize);
  }

  private static void requireColours(DataShape shape) {
    if (!shape.isImage() || (shape.channels() != 1 && shape.channels() != 3)) {
      throw new RefusedException("inception needs images of 1 or 3 channels, not shape " + shape);
    }
  }

  private Path file() throws IOException {
    Path file =
        weights.orElseThrow(() -> new IOException("inception needs its weights; " + HOW_TO_GET));
    if (!Files.exists(file)) {
      throw new IOException("%s: no such file; %s".formatted(file, HOW_TO_GET));
    }
    return file;
  }

  /** The network for images of one shape. */
  static final class InceptionFeatures implements OpenFeatureExtractor {

    private static final String NETWORK = "inception";
    private static final DataShape INPUT =
        DataShape.image(3, InceptionNetwork.SIZE, InceptionNetwork.SIZE);

    private final InceptionWeights weights;
    private final DataShape shape;
    private final int batch;
    private final CompiledPlan plan;
    private final BilinearResize resize;
    private final float[] images;

    /**
     * Compiles the network.
     *
     * @param weights closed with the features
     * @param shape shape of the images, with 1 or 3 channels
     */
    InceptionFeatures(InceptionWeights weights, DataShape shape, int batch) {
      this.weights = weights;
      this.shape = shape;
      this.batch = batch;
      this.resize =
          new BilinearResize(shape.height(), shape.width(), INPUT.height(), INPUT.width());
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
    public int dimension() {
      return InceptionNetwork.FEATURES;
    }

    @Override
    public int classes() {
      return InceptionNetwork.CLASSES;
    }

    @Override
    public int maxBatch() {
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
      System.arraycopy(plan.get("features"), 0, features, 0, count * dimension());
      System.arraycopy(plan.get("probabilities"), 0, probabilities, 0, count * classes());
    }

    /** Resizes every channel; repeats a single one three times. */
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
}
