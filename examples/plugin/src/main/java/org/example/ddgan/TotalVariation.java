package org.example.ddgan;

import io.ddgan.api.DataShape;
import io.ddgan.api.MetricInput;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.Metric;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Vectors;
import io.ddgan.config.Key;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The mean absolute difference of neighbouring pixels: small for blurred images, large for noisy ones.
 * {@code sharpness-gap} is the absolute logarithm of its ratio to that of as many real images, 0 at
 * best.
 *
 * @param samples number of generated images
 */
public record TotalVariation(@Key(value = "number of generated images", min = 1) int samples)
    implements Metric {

  @Override
  public List<Measure> measures() {
    return List.of(
        new Measure("total-variation", Better.NEITHER), new Measure("sharpness-gap", Better.LOWER));
  }

  @Override
  public Set<Need> needs(Optional<OpenDataset> real) {
    if (real.map(OpenDataset::shape).filter(shape -> !shape.isImage()).isPresent()) {
      throw new RefusedException("total-variation needs a data set of images");
    }
    return Set.of(Need.VALUES, Need.REAL);
  }

  @Override
  public Map<String, Double> evaluate(MetricInput input) throws IOException {
    OpenDataset real = input.real();
    Vectors generated = input.generated();
    double[] image = new double[generated.size()];
    double ofGenerated = 0;
    for (int i = 0; i < generated.count(); i++) {
      generated.read(i, 1, image);
      ofGenerated += variation(image, real.shape()) / generated.count();
    }
    double ofReal = 0;
    float[] pixels = new float[real.shape().size()];
    int count = Math.min(generated.count(), real.size());
    for (int i = 0; i < count; i++) {
      real.read(i, pixels, 0);
      for (int j = 0; j < pixels.length; j++) {
        image[j] = pixels[j];
      }
      ofReal += variation(image, real.shape()) / count;
    }
    if (!Double.isFinite(ofGenerated)) {
      throw new RefusedException("a generated image is not finite; use an earlier checkpoint");
    }
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put("total-variation", ofGenerated);
    if (ofGenerated > 0 && ofReal > 0) {
      measures.put("sharpness-gap", Math.abs(Math.log(ofGenerated / ofReal)));
    }
    return measures;
  }

  /** Returns the total variation of one image. */
  private static double variation(double[] image, DataShape shape) {
    int width = shape.width();
    double sum = 0;
    int differences = 0;
    for (int i = 0; i < image.length; i++) {
      if (i % width + 1 < width) {
        sum += Math.abs(image[i + 1] - image[i]);
        differences++;
      }
      if (i / width % shape.height() + 1 < shape.height()) {
        sum += Math.abs(image[i + width] - image[i]);
        differences++;
      }
    }
    return differences == 0 ? 0 : sum / differences;
  }
}
