package io.ddgan.train.data;

import io.ddgan.api.Dataset;
import io.ddgan.contract.DatasetContract;
import java.util.Optional;
import java.util.stream.Stream;

/** The data sets that need no files; those that do have formats of their own to be tested with. */
class DatasetContractTest extends DatasetContract {

  @Override
  protected Stream<Dataset> datasets() {
    Dataset garments = new FashionMnist(Optional.empty(), 28);
    Dataset points = new Gaussians25(2, 0.05, 1, 0);
    return Stream.of(
        points,
        garments,
        new StackedMnist(garments, 100, 0),
        new Contaminated(points, new Gaussians25(1, 2, 1, 0), 0.2, 0));
  }
}
