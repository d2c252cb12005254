package io.ddgan.app.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.picture.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where inpainted images go: a picture of the image, its mask and all results side by side; and the
 * results alone, as an array or in a folder with a picture each.
 */
public final class InpaintedOutput {

  private static final int RESULTS_IN_A_ROW = 8;

  private final Path figure;
  private final SampleOutput results;
  private final DataShape shape;

  private InpaintedOutput(Path figure, SampleOutput results, DataShape shape) {
    this.figure = figure;
    this.results = results;
    this.shape = shape;
  }

  /**
   * Checks that images of a shape can be written to a target: the picture, beside which a folder of
   * its name gets the results; or where the results go, beside which the picture lies.
   *
   * @param count how many results there are going to be
   * @throws io.ddgan.api.RefusedException if they cannot; the message says what can be done instead
   */
  public static InpaintedOutput to(Path target, DataShape shape, int count) {
    SampleOutput asked = SampleOutput.to(target, shape, count + 2, true);
    Path figure = asked.picture().orElseThrow();
    String name = figure.getFileName().toString();
    SampleOutput results =
        figure.equals(target)
            ? SampleOutput.to(
                figure.resolveSibling(name.substring(0, name.lastIndexOf('.'))),
                shape,
                count,
                false)
            : asked.withoutGrid();
    return new InpaintedOutput(figure, results, shape);
  }

  /**
   * Writes all and says where the picture is.
   *
   * @param made the results, {@code [N, ...shape]}
   */
  public Path write(MaskedImage image, float[] made, Setup setup) throws IOException {
    int size = shape.size();
    float[] cells = Arrays.copyOf(image.values(), 2 * size + made.length);
    System.arraycopy(image.mask(), 0, cells, size, size);
    System.arraycopy(made, 0, cells, 2 * size, made.length);
    SampleOutput.createFolderOf(figure);
    Pictures.plain(shape)
        .writeRows(cells, 2 + Math.min(made.length / size, RESULTS_IN_A_ROW), figure);
    results.write(made, setup);
    return figure;
  }

  /** Where the results are. */
  public Path results() {
    return results.target();
  }
}
