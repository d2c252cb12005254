package io.ddgan.train.representation;

import io.ddgan.api.DataShape;
import io.ddgan.api.Representation;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/** The identity: networks see the data unchanged. */
public record Identity() implements Representation {

  @Override
  public DataShape encodedShape(DataShape data) {
    return data;
  }

  @Override
  public float[] encode(DataShape data, float[] example) {
    return example.clone();
  }

  @Override
  public float[] decode(DataShape data, float[] encoded) {
    return encoded.clone();
  }

  @Override
  public Optional<SDVariable> decode(DataShape data, SDVariable encoded, int batch) {
    return Optional.of(encoded);
  }
}
