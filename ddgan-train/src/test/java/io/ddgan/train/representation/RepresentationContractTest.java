package io.ddgan.train.representation;

import io.ddgan.api.DataShape;
import io.ddgan.api.Representation;
import io.ddgan.contract.RepresentationContract;
import java.util.stream.Stream;

class RepresentationContractTest extends RepresentationContract {

  @Override
  protected Stream<Representation> representations() {
    return Stream.of(new Identity(), new Haar(1, 0.5), new Haar(2, 1), new Haar(3, 0.5));
  }

  @Override
  protected DataShape shape() {
    return DataShape.image(3, 16, 8);
  }
}
