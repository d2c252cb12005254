package io.ddgan.app.report;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.img;

import io.ddgan.app.report.RunComparison.RunGroup;
import io.ddgan.train.picture.Png;
import j2html.tags.DomContent;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Samples of all configurations side by side, of the same seed where they have one in common. */
final class SampleSection {

  private SampleSection() {}

  static List<DomContent> of(RunComparison comparison) throws IOException {
    Optional<String> common = commonSeed(comparison.groups());
    List<DomContent> figures = new ArrayList<>();
    for (RunGroup group : comparison.groups()) {
      Run run =
          group.runs().stream()
              .filter(each -> common.filter(each.seed()::equals).isPresent())
              .findFirst()
              .orElse(group.runs().get(0));
      if (run.picture().isPresent()) {
        String caption = "%s, seed %s".formatted(group.name(), run.seed());
        byte[] png = Files.readAllBytes(run.picture().get());
        String shown = Png.description(run.picture().get()).map("; "::concat).orElse("");
        figures.add(
            figure(
                img()
                    .withSrc("data:image/png;base64," + Base64.getEncoder().encodeToString(png))
                    .withAlt(caption),
                figcaption(caption + shown)));
      }
    }
    return figures.isEmpty()
        ? List.of()
        : List.of(
            h3("Samples at the end of training"),
            div(each(figures, one -> one)).withClass("pictures"));
  }

  private static Optional<String> commonSeed(List<RunGroup> groups) {
    return groups.get(0).runs().stream()
        .map(Run::seed)
        .filter(
            seed ->
                groups.stream()
                    .allMatch(
                        group -> group.runs().stream().anyMatch(run -> run.seed().equals(seed))))
        .findFirst();
  }
}
