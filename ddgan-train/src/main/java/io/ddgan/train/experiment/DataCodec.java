package io.ddgan.train.experiment;

import io.ddgan.api.DataShape;
import io.ddgan.api.Representation;
import java.util.Arrays;
import java.util.function.BiFunction;

/** Encodes and decodes data of one shape. */
public record DataCodec(Representation representation, DataShape data) {

  /** Returns the shape of an encoded example, as the networks see it. */
  public DataShape encoded() {
    return representation.encodedShape(data);
  }

  /** Encodes examples, concatenated in one array. */
  public float[] encode(float[] examples) {
    return each(examples, data, encoded(), representation::encode);
  }

  /** Decodes examples, concatenated in one array. */
  public float[] decode(float[] examples) {
    return each(examples, encoded(), data, representation::decode);
  }

  private float[] each(
      float[] examples,
      DataShape from,
      DataShape to,
      BiFunction<DataShape, float[], float[]> function) {
    int count = examples.length / from.size();
    float[] all = new float[Math.multiplyExact(count, to.size())];
    for (int i = 0; i < count; i++) {
      float[] example = Arrays.copyOfRange(examples, i * from.size(), (i + 1) * from.size());
      float[] result = function.apply(data, example);
      System.arraycopy(result, 0, all, i * to.size(), to.size());
    }
    return all;
  }
}
