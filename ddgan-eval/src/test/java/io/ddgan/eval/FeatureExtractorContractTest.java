package io.ddgan.eval;

import io.ddgan.api.DataShape;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.contract.FeatureExtractorContract;
import java.util.stream.Stream;

class FeatureExtractorContractTest extends FeatureExtractorContract {

  @Override
  protected Stream<FeatureExtractor> extractors() {
    return Stream.of(new Values());
  }

  @Override
  protected DataShape shape() {
    return DataShape.point(2);
  }
}
