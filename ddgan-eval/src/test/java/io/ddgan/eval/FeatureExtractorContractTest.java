package io.ddgan.eval;

import io.ddgan.api.DataShape;
import io.ddgan.api.FeatureExtractor;
import io.ddgan.contract.FeatureExtractorContract;
import io.ddgan.eval.classifier.Classifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;

class FeatureExtractorContractTest {

  @Nested
  class OfPoints extends FeatureExtractorContract {

    @Override
    protected Stream<FeatureExtractor> extractors() {
      return Stream.of(new Identity());
    }

    @Override
    protected DataShape shape() {
      return DataShape.point(2);
    }
  }

  @Nested
  class OfImages extends FeatureExtractorContract {

    @Override
    protected Stream<FeatureExtractor> extractors() {
      return Stream.of(new Identity(), new Classifier(2, 0, 0));
    }

    @Override
    protected DataShape shape() {
      return DataShape.image(1, 12, 12);
    }
  }
}
