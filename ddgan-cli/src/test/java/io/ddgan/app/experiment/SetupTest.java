package io.ddgan.app.experiment;

import static org.junit.jupiter.api.Assertions.assertSame;

import io.ddgan.api.DataShape;
import io.ddgan.cli.Framework;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.train.experiment.Setup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SetupTest {

  @Test
  void aTrainingDoesNotFindOutAgainWhatItsCheckHasFoundOutOfTheNetworks() {
    DataShape point = DataShape.point(2);
    try (Framework framework = new Framework()) {
      Setup setup = framework.setup(framework.experiment("gaussians-25", List.of()));
      Map<String, ParameterLayout> checked = setup.check(point, 0);
      assertSame(checked, setup.used(setup.model(point, 0)).layouts());
    }
  }
}
