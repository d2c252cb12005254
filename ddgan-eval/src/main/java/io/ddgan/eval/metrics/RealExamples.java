package io.ddgan.eval.metrics;

import io.ddgan.api.Examples;
import io.ddgan.api.Labels;
import io.ddgan.api.RefusedException;
import java.util.Optional;

/** A check that metrics share. */
final class RealExamples {

  private RealExamples() {}

  /**
   * Refuses data of which only the statistics are known.
   *
   * @param metric the metric's name in configurations
   */
  static void require(Optional<Examples> real, String metric) {
    if (real.isEmpty()) {
      throw new RefusedException(
          "%s needs the data set that is compared with, of which statistics alone do not suffice; name one with --reference"
              .formatted(metric));
    }
  }

  /**
   * Refuses data without classes.
   *
   * @param metric the metric's name in configurations
   */
  static Labels requireLabels(Optional<Examples> real, String metric) {
    require(real, metric);
    return real.flatMap(Examples::labels)
        .orElseThrow(
            () ->
                new RefusedException(
                    "%s needs data with classes, such as fashion-mnist, or image-folder with labels = folders"
                        .formatted(metric)));
  }
}
