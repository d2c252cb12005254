package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Reports and comparisons of real trainings of a few steps. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class ReportCommandTest {

  @TempDir static Path folder;

  private StringWriter out = new StringWriter();

  @BeforeAll
  void trainThree() throws IOException {
    PointsExperiment.write(
        folder,
        """
        data.points-per-mode = 20
        training { batch-size = 16, steps = 30, log-every = 5, sample-every = 30 }
        evaluation.metrics = [{ type = modes, samples = 100 }]
        """);
    for (String[] run :
        new String[][] {
          {"two-0", "schedule.steps=2", "seed=0"},
          {"two-1", "schedule.steps=2", "seed=1"},
          {"four-0", "schedule.steps=4", "seed=0"}
        }) {
      String file = folder.resolve("points.conf").toString();
      assertEquals(
          0, run("train", file, run[1], run[2], "--run", folder.resolve(run[0]).toString()));
    }
  }

  @Test
  void comparePrintsDifferencesAndMetrics() {
    assertEquals(0, run("compare", at("two-0"), at("two-1"), at("four-0")));
    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.get(0).matches("steps +seeds +modes-covered ↑ .*"), out.toString());
    assertTrue(lines.get(1).matches("2 +0, 1 +[.\\d]+ ± .*"), out.toString());
    assertTrue(lines.get(2).matches("4 +0 +[.\\d]+ .*"), out.toString());
    assertTrue(out.toString().contains("100 samples; max-sigmas=3.0"), out.toString());
    assertEquals(0, run("compare", at("two-0"), at("four-0"), at("two-1"), "--keys", "schedule"));
    assertTrue(
        out.toString().lines().anyMatch(line -> line.matches("run +steps .*")), out::toString);
  }

  @Test
  void laterEvaluationsAreComparedAndReported() throws IOException {
    String one = trained("later-0", "evaluation.metrics=[]").toString();
    String other = trained("later-1", "evaluation.metrics=[]", "seed=1").toString();
    assertEquals(0, run("compare", one, other));
    assertTrue(out.toString().contains("no comparable metrics of "), out.toString());
    assertEquals(0, run("evaluate", one, "--metrics", "fid", "--samples", "60"));
    assertEquals(0, run("evaluate", other, "--metrics", "fid", "--samples", "60"));
    assertEquals(0, run("compare", one, other));
    assertEquals(1, times(out.toString(), "later-0 +0, 1 +[.\\d]+ ± "), out::toString);
    assertEquals(0, run("evaluate", one, "--metrics", "fid", "--samples", "80"));
    assertEquals(0, run("compare", one, other));
    assertTrue(out.toString().contains("60 samples"), out.toString());
    assertTrue(
        out.toString().contains("under other conditions") && out.toString().contains("80 samples"),
        out.toString());
    assertEquals(0, run("report", one, other));
    String page = Files.readString(Path.of(one, "report.html"));
    assertTrue(page.contains("<th class=\"number\">identity-fid ↓</th>"));
    assertTrue(page.contains("Measured under other conditions"));
  }

  @Test
  void changedRunsAreNotCompared() throws IOException {
    Path run = trained("changed", "seed=2");
    Path experiment = run.resolve("experiment.conf");
    Files.writeString(experiment, Files.readString(experiment).replace("steps = 2", "steps = 3"));
    for (String command : List.of("compare", "report")) {
      out.getBuffer().setLength(0);
      assertEquals(2, run(command, run.toString()), out::toString);
      assertTrue(out.toString().contains(experiment + ":"), out::toString);
      assertTrue(out.toString().contains("but the run was trained with 2"), out::toString);
    }
  }

  @Test
  void reportIsSelfContained() throws IOException {
    Path page = folder.resolve("page.html");
    String eight = trained("eight", "schedule.steps=8", "training.steps=30").toString();
    assertEquals(
        0, run("report", at("two-0"), at("two-1"), at("four-0"), eight, "--out", page.toString()));
    String text = Files.readString(page);
    assertTrue(text.contains("4 runs of 3 configurations"), text);
    assertTrue(text.contains("by <code>ddgan report "), "the command");
    assertTrue(text.contains("<td>0, 1</td>"), "two seeds of a configuration in one row");
    assertTrue(text.contains("network evaluations per sample</th><td>2, 4, 8</td>"));
    assertTrue(text.contains("parameters of the generator"));
    assertTrue(text.contains("<h3>Over schedule.steps</h3>"));
    assertTrue(text.contains("instruction-sets"));
    assertFalse(text.contains("training time"), "it depends on what else ran");
    assertTrue(text.contains("highlighted: the best mean, and those that Welch"));
    assertTrue(text.contains("<details><summary>"));
    assertFalse(Pattern.compile("(src|href)=\"(?!data:)").matcher(text).find());
    assertEquals(1, times(text, "alt=\"kl-to-uniform ↓\""), "over a key");
    assertEquals(0, times(text, "alt=\"modes-total"), "it is the same for all");
    assertEquals(3, times(text, "alt=\"steps=[248], seed 0\""), "samples of the same seed");
    List<BufferedImage> pictures = pictures(text);
    assertEquals(3, pictures.size());
    assertTrue(pictures.stream().allMatch(picture -> colours(picture) > 3));
  }

  @Test
  void printsTableFormatsAndWritesPlots() throws IOException {
    assertEquals(0, run("compare", at("two-0"), at("four-0"), "--format", "latex"));
    assertTrue(out.toString().startsWith("\\begin{table}"), out::toString);
    String page = folder.resolve("plotted.html").toString();
    Path plots = folder.resolve("plots");
    assertEquals(0, run("report", at("two-0"), "--out", page, "--plots", plots.toString()));
    try (Stream<Path> files = Files.list(plots)) {
      String names = files.map(file -> file.getFileName().toString()).toList().toString();
      assertTrue(names.contains("-training-generator-loss.svg"), names);
    }
  }

  @Test
  void runsOnOtherDataHaveTheirOwnSection() throws IOException {
    Path other = trained("other", "data.scale=2");
    Path page = folder.resolve("sections.html");
    assertEquals(0, run("report", at("two-0"), other.toString(), "--out", page.toString()));
    assertEquals(3, Files.readString(page).split("<section>", -1).length);
    assertEquals(0, run("compare", at("two-0"), other.toString()));
    assertTrue(out.toString().contains("trained on different data"), out.toString());
  }

  @Test
  void invalidRunsAreReported() {
    assertEquals(1, run("report", at("nowhere")));
    assertTrue(out.toString().contains("nowhere does not exist"), out.toString());
  }

  /** The folder of a run of two steps. */
  private Path trained(String name, String... overrides) {
    Path run = folder.resolve(name);
    List<String> arguments =
        new ArrayList<>(List.of("train", folder.resolve("points.conf").toString()));
    arguments.addAll(List.of("training.steps=2", "--run", run.toString()));
    arguments.addAll(List.of(overrides));
    assertEquals(0, run(arguments.toArray(String[]::new)), out::toString);
    return run;
  }

  private static long times(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().count();
  }

  private static List<BufferedImage> pictures(String page) throws IOException {
    Matcher matcher = Pattern.compile("src=\"data:image/png;base64,([^\"]+)\"").matcher(page);
    List<BufferedImage> pictures = new ArrayList<>();
    while (matcher.find()) {
      byte[] png = Base64.getDecoder().decode(matcher.group(1));
      pictures.add(ImageIO.read(new ByteArrayInputStream(png)));
    }
    return pictures;
  }

  private static int colours(BufferedImage picture) {
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    Set<Integer> colours = new HashSet<>();
    Arrays.stream(pixels).forEach(colours::add);
    return colours.size();
  }

  private static String at(String run) {
    return folder.resolve(run).toString();
  }

  private int run(String... arguments) {
    out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    return Main.run(writer, writer, arguments);
  }
}
