package io.ddgan.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.app.experiment.SeedStatistics;
import io.ddgan.app.report.ReportTable.Cell;
import io.ddgan.app.report.ReportTable.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableFormatTest {

  private static final ReportTable TABLE =
      new ReportTable(
          List.of("run", "seeds"),
          List.of(Measured.FID, Measured.RECALL),
          List.of(
              new Row(
                  List.of("a_b & 50%|x", "0, 1"), List.of(cell(true, 3.0, 4.0), cell(false, 0.25))),
              new Row(List.of("c", "0"), List.of(cell(false, 9.0), cell(false)))),
          List.of("classifier-fid: 5_000 samples"));

  private static final String CAPTION =
      "Mean ± standard deviation over seeds; ↓: lower is better, ↑: higher is better; %s: the best mean, and those that Welch's t-test at 5 %% does not tell from it, with at least three seeds of each.";

  private static Cell cell(boolean isBest, Double... values) {
    return new Cell(SeedStatistics.of(List.of(values)), isBest);
  }

  @Test
  void textHasColumnsAndMarksTheBest() {
    assertEquals(
        """
        run          seeds  classifier-fid ↓  classifier-recall ↑
        a_b & 50%|x  0, 1   3.50 ± 0.71 *     0.2500
        c            0      9                 –

        """
            + CAPTION.formatted("*")
            + "\nclassifier-fid: 5_000 samples.\n",
        TableFormat.TEXT.text(TABLE));
  }

  @Test
  void markdownIsEscaped() {
    assertEquals(
        """
        | run | seeds | classifier-fid ↓ | classifier-recall ↑ |
        | --- | --- | --: | --: |
        | a\\_b & 50%\\|x | 0, 1 | **3.50 ± 0.71** | 0.2500 |
        | c | 0 | 9 | – |

        """
            + CAPTION.formatted("bold")
            + " classifier-fid: 5\\_000 samples.\n",
        TableFormat.MARKDOWN.text(TABLE));
  }

  @Test
  void latexIsAnEscapedTabular() {
    assertEquals(
        """
        \\begin{table}
        \\centering
        \\begin{tabular}{llrr}
        \\toprule
        run & seeds & classifier-fid $\\downarrow$ & classifier-recall $\\uparrow$ \\\\
        \\midrule
        a\\_b \\& 50\\%|x & 0, 1 & \\textbf{3.50 $\\pm$ 0.71} & 0.2500 \\\\
        c & 0 & 9 & -- \\\\
        \\bottomrule
        \\end{tabular}
        \\caption{Mean $\\pm$ standard deviation over seeds; $\\downarrow$: lower is better, $\\uparrow$: higher is better; bold: the best mean, and those that Welch's t-test at 5 \\% does not tell from it, with at least three seeds of each. classifier-fid: 5\\_000 samples.}
        \\end{table}
        """,
        TableFormat.LATEX.text(TABLE));
  }

  @Test
  void csvHasAllDigitsAndDeviationsOverSeeds() {
    assertEquals(
        """
        run,seeds,classifier-fid,classifier-fid-std,classifier-fid-count,classifier-recall,classifier-recall-std,classifier-recall-count
        a_b & 50%|x,"0, 1",3.5,0.7071067811865476,2,0.25,,1
        c,0,9.0,,1,,,0
        """,
        TableFormat.CSV.text(TABLE));
  }
}
