package io.ddgan.app.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.picture.Pictures;
import io.ddgan.train.sampling.Resampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A picture of which a part is generated: the picture, its mask and all results side by side; and
 * the results alone, as an array or in a folder with a picture each.
 *
 * @param picture its file
 * @param mask a file that says which part
 * @param count how many results
 */
public record InpaintedPicture(Path picture, Path mask, Resampling resampling, int count)
    implements Drawing {

  private static final int RESULTS_IN_A_ROW = 8;

  @Override
  public String file(long seed) {
    return "inpainting-seed-%d.png".formatted(seed);
  }

  @Override
  public int most(int classes) {
    return count;
  }

  /** Beside a picture, a folder of its name gets the results. */
  @Override
  public List<String> draw(Sampling sampling, Path target) throws IOException {
    sampling.requireRoom(count);
    DataShape shape = sampling.requireSquare();
    Path figure = SampleOutput.to(target, shape, count + 2, true).picture().orElseThrow();
    Path alone =
        figure.equals(target) ? Path.of(target.toString().replaceFirst("(?i)\\.png$", "")) : target;
    SampleOutput results = SampleOutput.to(alone, shape, count, false);
    MaskedImage image = MaskedImage.read(picture, mask, shape);
    image.changes().forEach(change -> sampling.listener().announced("note: " + change));
    float[] made =
        sampling
            .generator()
            .inpaint(
                image, resampling, sampling.random(), count, sampling.label(), sampling.listener());
    int size = shape.size();
    float[] cells = Arrays.copyOf(image.values(), 2 * size + made.length);
    System.arraycopy(image.mask(), 0, cells, size, size);
    System.arraycopy(made, 0, cells, 2 * size, made.length);
    Pictures.plain(shape).writeRows(cells, 2 + Math.min(count, RESULTS_IN_A_ROW), figure);
    results.writeApart(made, 0);
    return List.of(
        "the picture, its mask and what was made: " + figure, "each result alone: " + alone);
  }
}
