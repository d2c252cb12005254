package io.ddgan.eval.classifier;

import io.ddgan.api.DataShape;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network with one convolution, written down as plainly as possible. */
record PlainNetwork(Map<String, INDArray> parameters) {

  /** The features of an image. */
  double[] features(double[] image, DataShape shape) {
    double[][][] x = new double[shape.channels()][shape.height()][shape.width()];
    for (int i = 0; i < image.length; i++) {
      int row = i / shape.width();
      x[row / shape.height()][row % shape.height()][i % shape.width()] = image[i];
    }
    double[][][] y = convolution(x, "down-to-3", 2);
    double[] flat = new double[y.length * y[0].length * y[0][0].length];
    for (int i = 0; i < flat.length; i++) {
      int row = i / y[0][0].length;
      flat[i] = y[row / y[0].length][row % y[0].length][i % y[0][0].length];
    }
    double[] hidden = dense(flat, "features");
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = Math.max(hidden[i], 0);
    }
    return hidden;
  }

  /** The probabilities of the classes of an image with some features. */
  double[] probabilities(double[] features) {
    double[] logits = dense(features, "classes");
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    double[] probabilities = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Math.exp(logits[i]) / sum;
    }
    return probabilities;
  }

  private double[] dense(double[] x, String layer) {
    double[] y = new double[(int) parameters.get(layer + "_b").length()];
    for (int i = 0; i < y.length; i++) {
      y[i] = value(layer + "_b", i);
      for (int j = 0; j < x.length; j++) {
        y[i] += x[j] * parameters.get(layer + "_W").getDouble(j, i);
      }
    }
    return y;
  }

  /** A convolution and a ReLU. */
  private double[][][] convolution(double[][][] x, String layer, int stride) {
    int height = (x[0].length + stride - 1) / stride;
    int width = (x[0][0].length + stride - 1) / stride;
    int top = ((height - 1) * stride + 3 - x[0].length) / 2;
    int left = ((width - 1) * stride + 3 - x[0][0].length) / 2;
    int channels = (int) parameters.get(layer + "_b").length();
    double[][][] y = new double[channels][height][width];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          double sum = window(x, layer, c, i * stride - top, j * stride - left);
          y[c][i][j] = Math.max(sum + value(layer + "_b", c), 0);
        }
      }
    }
    return y;
  }

  private double window(double[][][] x, String layer, int channel, int top, int left) {
    INDArray weights = parameters.get(layer + "_W");
    double sum = 0;
    for (int c = 0; c < x.length; c++) {
      for (int i = Math.max(top, 0); i < Math.min(top + 3, x[c].length); i++) {
        for (int j = Math.max(left, 0); j < Math.min(left + 3, x[c][i].length); j++) {
          sum += x[c][i][j] * weights.getDouble(channel, c, 0, i - top, j - left);
        }
      }
    }
    return sum;
  }

  private double value(String name, int index) {
    return parameters.get(name).getDouble(index);
  }
}
