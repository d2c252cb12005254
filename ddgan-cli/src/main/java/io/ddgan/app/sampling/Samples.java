package io.ddgan.app.sampling;

import io.ddgan.app.text.Quantities;
import io.ddgan.train.sampling.ExampleRange;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Examples of a seed, as one picture, an array, or a picture each.
 *
 * @param range which of its examples
 * @param grid whether one picture of all is wanted besides an array or a folder
 * @param source what generates them
 */
public record Samples(ExampleRange range, boolean grid, Source source) implements Drawing {

  /** What generates examples. */
  @FunctionalInterface
  public interface Source {

    /** This process. */
    Source HERE =
        (sampling, range) ->
            sampling
                .generator()
                .sample(sampling.random(), range, sampling.label(), sampling.listener());

    /**
     * Generates examples of the seed.
     *
     * @return {@code [count, ...shape]}
     */
    float[] make(Sampling sampling, ExampleRange range) throws IOException;
  }

  @Override
  public String file(long seed) {
    String from = range.first() == 0 ? "" : "-from-%d".formatted(range.first());
    return "seed-%d%s.png".formatted(seed, from);
  }

  @Override
  public int most(int classes) {
    return range.end(); // a range has the bits of all examples, whose batches may be larger
  }

  @Override
  public List<String> draw(Sampling sampling, Path target) throws IOException {
    sampling.requireRoom(range.count());
    SampleOutput output = SampleOutput.to(target, sampling.shape(), range.count(), grid);
    String what =
        sampling.label().isEmpty()
            ? "examples"
            : "examples of class " + sampling.classes().title(sampling.label().get());
    long began = System.nanoTime();
    float[] made = source.make(sampling, range);
    double seconds = (System.nanoTime() - began) / 1e9;
    List<String> lines = new ArrayList<>();
    output.write(made, range.first(), sampling.setup());
    for (Path file : output.files()) {
      lines.add(
          "%,d %s of step %d: %s"
              .formatted(range.count(), what, sampling.generator().step(), file));
    }
    lines.add(
        "generated in %s s with %s of the generator each"
            .formatted(
                new BigDecimal(seconds).round(new MathContext(3)).toPlainString(),
                Quantities.count(sampling.generator().evaluations(), "evaluation")));
    return lines;
  }
}
