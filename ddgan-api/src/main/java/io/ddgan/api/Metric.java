package io.ddgan.api;

import java.io.IOException;
import java.util.Map;

/** A number, or a few that belong together, that says how good generated examples are. */
public interface Metric {

  /** How many generated examples the metric wants. */
  int samples();

  /**
   * Compares generated with real examples.
   *
   * @param generated the generated examples
   * @param real the data set that the generator was trained on
   * @return values by name, in the order in which they are shown
   * @throws IllegalArgumentException if the metric does not apply to this data; the message says
   *     why
   */
  Map<String, Double> evaluate(Examples generated, Examples real) throws IOException;
}
