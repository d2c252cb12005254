package io.ddgan.app.report;

import io.ddgan.app.plot.Drawing;
import io.ddgan.app.plot.Pdf;
import io.ddgan.app.plot.Svg;
import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Plots as files, for papers. */
public final class PlotFiles {

  private PlotFiles() {}

  /**
   * Writes all plots, each as SVG and as PDF, named by what they show.
   *
   * @return how many plots there are
   * @throws IOException if one cannot be written; the message names it
   */
  public static int write(List<RunComparison> comparisons, Path folder) throws IOException {
    Folders.make(folder);
    Map<String, Integer> used = new HashMap<>();
    for (RunComparison comparison : comparisons) {
      for (PlotSection section : Plots.of(comparison)) {
        for (Drawing drawing : section.drawings()) {
          String name = name(section.title() + " " + drawing.title());
          int use = used.merge(name, 1, Integer::sum);
          String file = use == 1 ? name : "%s-%d".formatted(name, use);
          AtomicFile.write(folder.resolve(file + ".svg"), Svg.file(drawing));
          byte[] pdf = Pdf.file(drawing);
          AtomicFile.write(folder.resolve(file + ".pdf"), out -> out.write(pdf));
        }
      }
    }
    return used.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String name(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
