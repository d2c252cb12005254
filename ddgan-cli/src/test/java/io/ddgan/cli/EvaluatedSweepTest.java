package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.eval.records.EvaluationFiles;
import io.ddgan.eval.records.EvaluationRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep evaluated after its end. */
@Tag("slow")
class EvaluatedSweepTest {

  private static final String HERE = "launcher.type = example-here";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();

  @Test
  void laterEvaluationsAreInTheTablesOfTheSweep() throws IOException {
    PointsExperiment.write(
        folder, "data.points-per-mode = 20, training { batch-size = 16, steps = 2 }");
    Path file = folder.resolve("sweep.conf");
    Files.writeString(
        file,
        """
        base = points.conf
        overrides.evaluation.metrics = []
        blocks = [{ list = [{ label = ours }] }]
        seeds = [0, 1]
        """
            + HERE);
    String sweep = folder.resolve("sweep").toString();
    assertEquals(0, run("sweep", file.toString(), "--out", sweep, "--workers=1"), out::toString);
    Files.delete(folder.resolve("points.conf")); // the sweep is over, and needs it no more

    assertEquals(0, run("compare", sweep), out::toString);
    assertTrue(out.toString().contains("no comparable metrics of "), out::toString);
    assertEquals(0, evaluate(sweep, "--workers=2"), out::toString);
    try (Stream<Path> runs = Files.list(Path.of(sweep, "runs"))) {
      for (Path run : runs.toList()) {
        List<EvaluationRecord> measured = new EvaluationFiles(run).read();
        assertEquals(2, measured.size(), "the options are those of each run's measurement");
        assertTrue(measured.stream().noneMatch(each -> each.subject().isReal()));
      }
    }

    List<String> results = Files.readAllLines(Path.of(sweep, "results.csv"));
    assertEquals(
        "trial,label,seed,identity-fid,identity-fid-standard-error,seconds,state,error",
        results.get(0));
    assertTrue(results.get(1).matches("\\w+,ours,0,\\d[^,]+,\\d[^,]+,[^,]+,done,"), results.get(1));
    assertTrue(results.get(2).matches("\\w+,ours,1,\\d[^,]+,\\d[^,]+,[^,]+,done,"), results.get(2));
    List<String> summary = Files.readAllLines(Path.of(sweep, "summary.csv"));
    assertEquals(
        "configuration,label,trials,done,identity-fid-mean,identity-fid-std,identity-fid-count,"
            + "identity-fid-standard-error-mean,identity-fid-standard-error-std,identity-fid-standard-error-count",
        summary.get(0));
    assertTrue(summary.get(1).matches("\\w+,ours,2,2(,\\d[^,]+,\\d[^,]+,2){2}"), summary.get(1));

    String here = Files.writeString(folder.resolve("here.conf"), HERE).toString();
    String again = "measures nothing again";
    assertEquals(0, evaluate(sweep, "--workers=1", "--launcher", here), again);
    assertEquals(results, Files.readAllLines(Path.of(sweep, "results.csv")));
    out.getBuffer().setLength(0);
    assertEquals(0, run("compare", sweep, "--format", "csv"), out::toString);
    List<String> table = out.toString().lines().toList();
    assertEquals(
        "run,seeds,identity-fid,identity-fid-std,identity-fid-count,"
            + "identity-fid-standard-error,identity-fid-standard-error-std,identity-fid-standard-error-count",
        table.get(0));
    assertTrue(table.get(1).startsWith("ours,\"0, 1\","), table.get(1));
  }

  /** Also for a trial that is run on its own. */
  @Test
  void addedMetricIsEvaluatedWithoutTraining() throws IOException {
    PointsExperiment.write(
        folder, "data.points-per-mode = 20, training { batch-size = 16, steps = 2 }");
    Path file = folder.resolve("sweep.conf");
    String text =
        "base = points.conf, seeds = [0, 1], overrides.evaluation.samples = 60, metrics = ";
    Files.writeString(file, text + "[modes]\n" + HERE);
    String sweep = folder.resolve("sweep").toString();
    String[] begin = {"sweep", file.toString(), "--out", sweep, "--workers=1"};
    assertEquals(0, run(begin), out::toString);
    List<String> trained = trained(sweep);
    Files.writeString(file, text + "[modes, fid]\n" + HERE);
    String[] alone = {"sweep", file.toString(), "--out", sweep, "--trial", "0"};
    assertEquals(1, run(alone));
    assertTrue(out.toString().contains("has changed since"), out::toString);
    assertEquals(0, run("sweep", file.toString(), "--out", sweep, "--plan", "--resume"));
    assertEquals(0, run(alone), out::toString);
    assertEquals(0, run("sweep", file.toString(), "--out", sweep, "--collect"));
    assertEquals(3, measured(sweep));
    out.getBuffer().setLength(0);
    String[] resume = {"sweep", file.toString(), "--out", sweep, "--workers=1", "--resume"};
    assertEquals(0, run(resume), out::toString);
    assertTrue(out.toString().contains("1 to run,"), out::toString);
    assertEquals(4, measured(sweep));
    out.getBuffer().setLength(0);
    assertEquals(0, run(resume), out::toString);
    assertTrue(out.toString().contains("all trials are done"), out::toString);
    assertEquals(trained, trained(sweep));
  }

  /** Returns the times of the last training of all runs. */
  private static List<String> trained(String sweep) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(sweep, "runs"))) {
      return files
          .filter(file -> file.endsWith("progress.json") || file.endsWith("metrics.csv"))
          .sorted()
          .map(file -> file + " " + file.toFile().lastModified())
          .toList();
    }
  }

  /** Counts the values of identity-fid and modes-covered in the results. */
  private static long measured(String sweep) throws IOException {
    List<String> results = Files.readAllLines(Path.of(sweep, "results.csv"));
    List<String> header = List.of(results.get(0).split(","));
    return results.stream()
        .skip(1)
        .map(row -> List.of(row.split(",", -1)))
        .flatMap(
            row ->
                Stream.of("identity-fid", "modes-covered")
                    .filter(header::contains)
                    .map(name -> row.get(header.indexOf(name))))
        .filter(cell -> !cell.isEmpty())
        .count();
  }

  @Test
  void failedEvaluationsAreReported() {
    assertEquals(2, run("evaluate", "sampler.type=ddim"));
    assertTrue(out.toString().contains("nothing to evaluate"), out::toString);
    assertEquals(
        1, run("evaluate", folder.resolve("a").toString(), folder.resolve("b").toString()));
    assertTrue(out.toString().contains("a does not exist"), out::toString);
  }

  private int evaluate(String sweep, String... options) {
    List<String> words = new ArrayList<>(List.of("evaluate", sweep, "--metrics=fid"));
    words.addAll(List.of("--samples=60", "--skip-existing", "--no-real-baseline"));
    words.addAll(List.of(options));
    return run(words.toArray(String[]::new));
  }

  private int run(String... arguments) {
    PrintWriter writer = new PrintWriter(out, true);
    return Main.run(writer, writer, arguments);
  }
}
