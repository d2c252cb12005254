package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ddgan.api.Moments;
import io.ddgan.internal.weights.FidStatisticsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EvaluateCommandTest {

  private static final String MODES = "evaluation.metrics=[{type=modes,samples=200}]";

  private static final String FEW = "data.points-per-mode=40";

  @TempDir static Path shared;

  /** A run of points, with checkpoints of the steps 1, 2 and 3. */
  private static Path run;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void train() {
    run = shared.resolve("run");
    StringWriter err = new StringWriter();
    assertEquals(
        0,
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            "train",
            "gaussians-25-ddpm",
            FEW,
            "generator.width=32",
            "schedule.steps=20",
            "training.steps=3",
            "training.checkpoint-every=1",
            "training.sample-every=0",
            MODES,
            "--run",
            run.toString()),
        err::toString);
  }

  @BeforeEach
  void forget() throws IOException {
    Files.deleteIfExists(run.resolve("evaluation.csv"));
    Files.deleteIfExists(run.resolve("evaluation.json"));
  }

  @Test
  void repeatsTheEvaluationOfTheTraining() throws IOException {
    assertEquals(0, run("train", "--resume", "--run", run.toString()), err::toString);
    List<String> trained = Files.readAllLines(run.resolve("evaluation.csv"));
    assertEquals(Set.of("3"), Set.copyOf(trained.stream().skip(1).map(this::first).toList()));
    evaluate();
    assertEquals(trained, Files.readAllLines(run.resolve("evaluation.csv")), "to the last digit");
  }

  private String first(String row) {
    return row.substring(0, row.indexOf(','));
  }

  @Test
  void realBaselineIsTheScoreOfAPerfectGenerator() throws IOException {
    String printed = evaluate("--metrics", "fid,timing", "--samples", "200", "--real-baseline");
    assertTrue(printed.contains("real examples"), printed);
    String caution =
        "caution: fid: compares only mean and covariance; for points add density-coverage";
    assertTrue(err.toString().contains(caution), err::toString);
    List<String> rows = csvRows("identity-fid");
    assertEquals(2, rows.size(), rows.toString());
    assertTrue(rows.get(1).contains(",real examples,,,identity-fid,type=fid,"), rows.get(1));
    double generated = Double.parseDouble(rows.get(0).split(",", -1)[6]);
    double real = Double.parseDouble(rows.get(1).split(",", -1)[6]);
    assertTrue(real < generated / 3, real + " and " + generated);
    assertRefused(
        1,
        "--real-baseline needs twice as many real examples",
        run,
        "--metrics fid --samples 900000 --real-baseline");
  }

  @Test
  void acceptsAnotherSeedAndSampler() {
    Map<String, Double> before = values(evaluate());
    assertEquals(before, values(evaluate()));
    assertNotEquals(before, values(evaluate("--seed", "1")));
    assertNotEquals(before, values(evaluate("sampler.type=ddim", "sampler.steps=5")));
  }

  @Test
  void evaluatesRawWeights() {
    String[] distance = {"--metrics", "fid", "--samples", "200"};
    Map<String, Double> averaged = values(evaluate(distance));
    String[] raw = {"--raw", "--metrics", "fid", "--samples", "200"};
    assertNotEquals(averaged, values(evaluate(raw)));
  }

  @Test
  void keepsOtherResultsAndReplacesRepeatedOnes() throws IOException {
    evaluate();
    List<String> first = Files.readAllLines(run.resolve("evaluation.csv"));
    evaluate();
    assertEquals(first, Files.readAllLines(run.resolve("evaluation.csv")));
    evaluate("--metrics", "fid", "--samples", "300");
    List<String> both = Files.readAllLines(run.resolve("evaluation.csv"));
    assertEquals(first.size() + 2, both.size());
    assertEquals(first, both.subList(0, first.size()));
    Config json = ConfigFactory.parseFile(run.resolve("evaluation.json").toFile());
    assertEquals(first.size() + 1, json.getConfigList("results").size());
    Config fid = json.getConfigList("results").get(first.size() - 1);
    assertEquals("identity-fid", fid.getString("metric"));
    assertEquals(300, fid.getInt("samples"));
    assertEquals(3, fid.getInt("checkpoint"));
    assertEquals(64, fid.getString("features-sha256").length());
    assertEquals(64, fid.getString("reference-sha256").length());
    assertEquals("gaussians-25", fid.getString("reference"));
  }

  @Test
  void otherMetricKeysOrBatchesReplaceNothing() throws IOException {
    String all = "evaluation.metrics=[{type=kid,samples=50,subset-size=20,subsets=%d}]";
    evaluate(all.formatted(2));
    evaluate(all.formatted(3));
    evaluate(all.formatted(3), "--batch-size", "5");
    evaluate(all.formatted(3), "--samples", "50");
    List<String> kid = csvRows("identity-kid");
    assertEquals(3, kid.size(), kid::toString);
    assertTrue(kid.get(0).contains("type=kid subsets=2 subset-size=20,"), kid::toString);
  }

  @Test
  void timingIsStoredOnce() throws IOException {
    evaluate("--metrics", "timing");
    evaluate("--metrics", "fid,timing", "--samples", "50");
    assertEquals(1, csvRows("network-evaluations").size());
    assertEquals(1, csvRows("seconds-per-100").size());
  }

  @Test
  void timingNeedsNoData() {
    evaluate("--metrics", "timing", "data.type=npz", "data.file=absent.npz");
  }

  @Test
  void resultsBeforeAFailureAreKeptAndPrinted() throws IOException {
    Path statistics = shared.resolve("impossible.npz");
    FidStatisticsFile.write(statistics, Moments.of(new double[2], new double[] {1, 20, 20, 1}));
    out.getBuffer().setLength(0);
    assertRefused(
        1,
        "negative eigenvalues",
        run,
        "--metrics timing,fid --samples 50 --reference %s".formatted(statistics));
    assertEquals(1, csvRows("seconds-per-100").size());
    assertTrue(out.toString().contains("seconds-per-100"), out::toString);
  }

  @Test
  void resumedEvaluationSkipsFinishedMetrics() throws IOException {
    evaluate("--checkpoint", "all");
    Path json = run.resolve("evaluation.json");
    String measured = Files.readString(json);
    String marked =
        measured.replaceFirst("25\\.0", "24.5").replaceFirst(",\\n *\"sha256\" : \"\\w+\"", "");
    assertNotEquals(measured, marked);
    Files.writeString(json, marked);
    String shown = evaluate("--checkpoint", "all", "--skip-existing");
    assertEquals(marked, Files.readString(json));
    assertEquals(List.of("1", "2", "3"), steps(shown));
    assertTrue(shown.contains("24.5"), shown);
    evaluate("--checkpoint", "all");
    assertEquals(measured, Files.readString(json));
  }

  @Test
  void unwritableResultsAreReportedBeforeEvaluating() throws IOException {
    assertRefused(
        1,
        "--save-reference",
        run,
        "--metrics timing --save-reference %s".formatted(shared.resolve("s.npz")));
    assertRefused(
        2, "must end in .npz", run, "--metrics fid --save-reference %s".formatted(shared));
    Path file = Files.writeString(shared.resolve("file"), "");
    assertRefused(
        1,
        file + " is in the way",
        run,
        "--metrics timing --save-reference %s".formatted(file.resolve("s.npz")));
    assertRefused(1, "cannot write " + file, run, "--metrics fid --cache %s".formatted(file));
    assertFalse(Files.exists(run.resolve("evaluation.csv")));
    Files.writeString(run.resolve("evaluation.json"), "foreign");
    out.getBuffer().setLength(0);
    assertRefused(1, "evaluation.json is damaged", run, "--metrics timing");
    assertEquals("", out.toString());
  }

  @Test
  void tooFewSamplesAreReportedBeforeSampling() {
    assertRefused(1, "precision needs at least 4", run, "--metrics precision-recall --samples 3");
    assertRefused(1, "fid needs at least 2", run, "--metrics fid --samples 1");
  }

  @Test
  void optionsWithoutEffectAreRefused() throws IOException {
    assertRefused(2, "--metrics excludes", run, "--metrics fid %s".formatted(MODES));
    Path pictures = Files.createDirectories(shared.resolve("pictures"));
    for (String reference : List.of("none", pictures.toString())) {
      assertRefused(
          2,
          "data.scale",
          run,
          "--metrics timing data.scale=4 --reference %s".formatted(reference));
    }
    assertRefused(
        1,
        pictures + " has no PNG, JPEG, BMP or WebP files in it or its subfolders\n",
        run,
        "--metrics fid --reference %s".formatted(pictures));
  }

  private static List<String> csvRows(String metric) throws IOException {
    return Files.readAllLines(run.resolve("evaluation.csv")).stream()
        .filter(line -> line.contains("," + metric + ","))
        .toList();
  }

  @Test
  void evaluatesAnyCheckpointOrAll() throws IOException {
    String first = evaluate("--checkpoint", "1");
    assertTrue(first.contains("\n1     modes-covered"), first);
    String all = evaluate("--checkpoint", "all");
    assertEquals(List.of("1", "2", "3"), steps(all));
    assertTrue(Files.readString(run.resolve("evaluation.svg")).contains("<svg"));
    assertRefused(1, "no checkpoint of step 4, only of [1, 2, 3]", run, "--checkpoint 4");
    assertRefused(1, "has no best checkpoint", run, "--checkpoint best");
  }

  @Test
  void savesReferenceStatistics() {
    Path statistics = shared.resolve("statistics.npz");
    String file = statistics.toString();
    Map<String, Double> data =
        values(evaluate("--metrics", "fid", "--samples", "500", "--save-reference", file));
    assertEquals(
        data, values(evaluate("--metrics", "fid", "--samples", "500", "--reference", file)));
    assertRefused(
        1, "not only statistics", run, "--metrics precision-recall --reference %s".formatted(file));
  }

  @Test
  void evaluatesAnArrayLikeItsRun() {
    Path file = shared.resolve("samples.npz");
    assertEquals(0, run("sample", run.toString(), "--count", "400", "--out", file.toString()));
    List<String> measured =
        List.of("--metrics", "fid,precision-recall,density-coverage,kid", "--samples", "400");
    List<String> ofFile = new ArrayList<>(List.of("evaluate", file.toString()));
    ofFile.addAll(measured);
    ofFile.addAll(
        List.of("--features", "identity", "--reference", "gaussians-25", "data.scale=4", FEW));
    ofFile.add("--json");
    assertEquals(values(evaluate(measured.toArray(String[]::new))), json(ofFile));
  }

  @Test
  void evaluatesImportedWeightsLikeTheirRun() {
    Map<String, Double> own = values(evaluate());
    String weights = shared.resolve("weights.npz").toString();
    String imported = shared.resolve("imported").toString();
    assertEquals(0, run("export", run.toString(), "--out", weights), err::toString);
    String config = run.resolve("experiment.conf").toString();
    assertEquals(
        0,
        run("import", weights, "--config", config, "--shape", "2", "--run", imported),
        err::toString);
    assertEquals(own, json(List.of("evaluate", imported, "--no-real-baseline", "--json")));
  }

  @Test
  void measuresSamplingTime() {
    Map<String, Double> values =
        values(evaluate("evaluation.metrics=[{type=timing,examples=10,repetitions=2}]"));
    assertEquals(20, values.get("network-evaluations"));
    assertTrue(values.get("seconds-per-100") > 0);
  }

  @Test
  void unsuitableTargetsAreRefused() throws IOException {
    assertRefused(1, "--metrics", run, "evaluation.metrics=[]");
    assertRefused(2, "only ", run, "seed=1");
    assertRefused(2, "unknown metric 'fidd'", run, "--metrics fidd");
    assertRefused(1, "inception-score needs class probabilities", run, "--metrics inception-score");
    assertRefused(2, "neither a data set's type", run, "--reference nothing-here");
    assertRefused(2, "newest", run, "--checkpoint newest");
    assertRefused(1, "absent is not a run", shared.resolve("absent"), "--metrics fid");
    Path empty = Files.createDirectories(shared.resolve("empty"));
    assertRefused(1, "has no PNG, JPEG, BMP or WebP files", empty, "--metrics fid");
    assertRefused(2, "--raw", shared, "--raw --metrics fid");
  }

  /**
   * Evaluates a target.
   *
   * @param options separated by spaces
   */
  private void assertRefused(int code, String why, Object target, String options) {
    List<String> all = new ArrayList<>(List.of("evaluate", target.toString()));
    all.addAll(List.of(options.split(" ")));
    err.getBuffer().setLength(0);
    assertEquals(code, run(all.toArray(String[]::new)), err::toString);
    assertTrue(err.toString().contains(why), err::toString);
    assertFalse(err.toString().contains("unexpected"), err::toString);
  }

  private String evaluate(String... options) {
    List<String> all = new ArrayList<>(List.of("evaluate", run.toString()));
    all.addAll(List.of(options));
    if (!all.contains("--real-baseline")) {
      all.add("--no-real-baseline");
    }
    out.getBuffer().setLength(0);
    assertEquals(0, run(all.toArray(String[]::new)), err::toString);
    return out.toString();
  }

  private Map<String, Double> json(List<String> arguments) {
    out.getBuffer().setLength(0);
    assertEquals(0, run(arguments.toArray(String[]::new)), err::toString);
    return ConfigFactory.parseString(out.toString()).getConfigList("results").stream()
        .collect(Collectors.toMap(c -> c.getString("metric"), c -> c.getDouble("value")));
  }

  /** Returns the rounded numbers of the table. */
  private Map<String, Double> values(String table) {
    assertFalse(table.isEmpty());
    Config json = ConfigFactory.parseFile(run.resolve("evaluation.json").toFile());
    return rows(table).collect(Collectors.toMap(row -> row.get(1), row -> exact(json, row.get(1))));
  }

  /** Returns the latest value of a metric. */
  private static double exact(Config json, String name) {
    return json.getConfigList("results").stream()
        .filter(result -> result.getString("metric").equals(name))
        .reduce((earlier, later) -> later)
        .orElseThrow()
        .getDouble("value");
  }

  private static List<String> steps(String table) {
    return rows(table).map(row -> row.get(0)).distinct().toList();
  }

  private static Stream<List<String>> rows(String table) {
    return table
        .lines()
        .dropWhile(line -> !line.startsWith("step"))
        .skip(1)
        .map(line -> List.of(line.split(" +")));
  }

  private int run(String... args) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }
}
