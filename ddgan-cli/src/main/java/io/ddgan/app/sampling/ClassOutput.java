package io.ddgan.app.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.picture.Pictures;
import io.ddgan.train.run.RunClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where examples of each class go: a picture with a row for each class, whose description names
 * them; an array, class after class; or a folder with a folder for each class.
 */
public final class ClassOutput {

  private final SampleOutput all;
  private final RunClasses classes;
  private final DataShape shape;
  private final int each;

  private ClassOutput(SampleOutput all, RunClasses classes, DataShape shape, int each) {
    this.all = all;
    this.classes = classes;
    this.shape = shape;
    this.each = each;
  }

  /**
   * Checks that examples of a shape can be written to a target.
   *
   * @param each how many there are going to be of each class
   * @param grid whether the picture is wanted besides an array or a folder
   * @throws RefusedException if they cannot; the message says what can be done instead
   */
  public static ClassOutput to(
      Path target, DataShape shape, RunClasses classes, int each, boolean grid) {
    SampleOutput all =
        SampleOutput.to(target, shape, Math.multiplyExact(each, classes.count()), grid);
    if (all.picture().isPresent() && !shape.isImage()) {
      throw new RefusedException(
          "only images are shown class by class; write an array with --out FILE.npz");
    }
    return new ClassOutput(all, classes, shape, each);
  }

  /**
   * Writes the examples and says where they are.
   *
   * @param samples {@code [classes, each, ...shape]}
   */
  public List<Path> write(float[] samples, Setup setup) throws IOException {
    List<Path> written = new ArrayList<>();
    if (all.isArray()) {
      written.addAll(all.withoutGrid().write(samples, setup));
    } else if (all.isFolder()) {
      int size = each * shape.size();
      for (int label = 0; label < classes.count(); label++) {
        float[] some = Arrays.copyOfRange(samples, label * size, (label + 1) * size);
        Path folder = all.target().resolve(classes.folder(label));
        SampleOutput.to(folder, shape, each, false).write(some, setup);
      }
      written.add(all.target());
    }
    if (all.picture().isPresent()) {
      Path file = all.picture().get();
      SampleOutput.createFolderOf(file);
      Pictures.plain(shape).writeRows(samples, each, legend("a row each"), file);
      written.add(file);
    }
    return written;
  }

  /** Which class is where, on one line. */
  public String legend() {
    String others = all.isFolder() ? "a folder each" : "a row each";
    return legend(all.isArray() ? "in this order" : others);
  }

  private String legend(String place) {
    return "classes, %s: %s".formatted(place, String.join(", ", classes.all()));
  }
}
