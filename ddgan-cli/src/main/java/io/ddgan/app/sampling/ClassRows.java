package io.ddgan.app.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.RefusedException;
import io.ddgan.app.text.Quantities;
import io.ddgan.train.picture.Pictures;
import io.ddgan.train.run.RunClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Examples of each class: a picture with a row for each, whose description names them; an array,
 * class after class; or a folder with a folder for each.
 *
 * @param each how many of each class
 * @param grid whether the picture is wanted besides an array or a folder
 */
public record ClassRows(int each, boolean grid) implements Drawing {

  @Override
  public String file(long seed) {
    return "classes-seed-%d.png".formatted(seed);
  }

  @Override
  public int most(int classes) {
    return (int) Math.min(Integer.MAX_VALUE, (long) each * Math.max(1, classes));
  }

  @Override
  public List<String> draw(Sampling sampling, Path target) throws IOException {
    RunClasses classes = sampling.classes();
    DataShape shape = sampling.shape();
    sampling.requireRoom((long) each * classes.count());
    SampleOutput output = SampleOutput.to(target, shape, each * classes.count(), grid);
    if (output.picture().isPresent() && !shape.isImage()) {
      throw new RefusedException("only images are shown class by class; write an array, .npz");
    }
    float[] samples =
        sampling.generator().sampleEachClass(sampling.random(), each, sampling.listener());
    if (output.isFolder()) {
      int size = each * shape.size();
      for (int label = 0; label < classes.count(); label++) {
        Path folder = target.resolve(classes.folder(label));
        SampleOutput.to(folder, shape, each, false)
            .writeApart(Arrays.copyOfRange(samples, label * size, (label + 1) * size), 0);
      }
    } else if (output.isArray()) {
      output.writeApart(samples, 0);
    }
    String names = String.join(", ", classes.all());
    if (output.picture().isPresent()) {
      Pictures.plain(shape)
          .writeRows(samples, each, "classes, a row each: " + names, output.picture().get());
    }
    List<String> lines = new ArrayList<>();
    for (Path file : output.files()) {
      lines.add(
          "%s of each class of step %d: %s"
              .formatted(Quantities.count(each, "example"), sampling.generator().step(), file));
    }
    lines.add("classes in this order: " + names);
    return lines;
  }
}
