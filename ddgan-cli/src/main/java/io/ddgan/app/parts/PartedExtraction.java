package io.ddgan.app.parts;

import io.ddgan.api.RefusedException;
import io.ddgan.app.parts.PartedJobs.Job;
import io.ddgan.app.parts.PartedWork.Source;
import io.ddgan.train.evaluation.ExampleRange;
import io.ddgan.train.evaluation.Extraction;
import io.ddgan.train.evaluation.RowSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.function.IOBiConsumer;

/**
 * Has what an evaluation keeps of the examples of a checkpoint extracted in parts, by {@code ddgan
 * evaluate --extract}.
 */
public final class PartedExtraction implements RowSource {

  /** Folder of a part's rows, within the part's. */
  private static final String ROWS = "rows";

  private static final Pattern RANGE = Pattern.compile("(\\d{1,9}):(\\d{1,9})");

  private final PartedWork work;
  private final Source source;
  private final int parts;
  private final List<String> arguments;

  /**
   * Nothing is extracted yet.
   *
   * @param parts how many
   * @param arguments of the evaluation's command, without what is evaluated
   */
  public PartedExtraction(PartedWork work, Source source, int parts, List<String> arguments) {
    this.work = work;
    this.source = source;
    this.parts = parts;
    this.arguments = List.copyOf(arguments);
  }

  /** Where the rows of a part go. */
  public static Path rows(Path model) {
    return model.resolve(ROWS);
  }

  /** How a range is written on a command line. */
  private static String text(ExampleRange range) {
    return "%d:%d".formatted(range.first(), range.count());
  }

  /** What such a text says. */
  public static ExampleRange range(String text) {
    Matcher numbers = RANGE.matcher(text);
    if (!numbers.matches()) {
      throw new RefusedException("--extract is FIRST:COUNT, not " + text);
    }
    return new ExampleRange(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
  }

  @Override
  public boolean extract(
      ExampleRange wanted, int step, Path folder, IOBiConsumer<ExampleRange, Path> keeper)
      throws IOException {
    List<ExampleRange> ranges =
        ExampleRange.cut(wanted.end(), parts, step).stream()
            .filter(range -> range.end() > wanted.first())
            .map(range -> from(Math.max(range.first(), wanted.first()), range.end()))
            .toList();
    return new PartedJobs(work).make(source, ranges, folder, new Extracting(keeper));
  }

  private static ExampleRange from(int first, int end) {
    return new ExampleRange(first, end - first);
  }

  private final class Extracting implements Job {

    private final IOBiConsumer<ExampleRange, Path> keeper;

    Extracting(IOBiConsumer<ExampleRange, Path> keeper) {
      this.keeper = keeper;
    }

    @Override
    public List<String> command(Path model, ExampleRange range) {
      List<String> words =
          new ArrayList<>(List.of("evaluate", model.toString(), "--extract", text(range)));
      words.addAll(arguments);
      return words;
    }

    @Override
    public boolean isMade(Path model) {
      return Extraction.isComplete(rows(model));
    }

    @Override
    public void keep(Path model, ExampleRange range) throws IOException {
      keeper.accept(range, rows(model));
    }
  }
}
