package io.ddgan.app.report;

import io.ddgan.app.plot.Drawing;
import java.util.List;

/**
 * Plots that belong together.
 *
 * @param title what they show
 * @param text how they are to be read; empty if that is plain
 * @param drawings at least one
 */
record PlotSection(String title, String text, List<Drawing> drawings) {

  PlotSection {
    drawings = List.copyOf(drawings);
  }
}
