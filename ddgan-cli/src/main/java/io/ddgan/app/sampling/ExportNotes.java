package io.ddgan.app.sampling;

import io.ddgan.train.run.RunClasses;
import io.ddgan.train.run.RunFolder;
import io.ddgan.train.sampling.TrainedGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What exported files say of where they come from. */
public final class ExportNotes {

  private ExportNotes() {}

  /**
   * The step, and the names of the classes, one a line, where the generator looks at them.
   *
   * @throws IOException if the run cannot be read
   */
  public static Map<String, String> of(RunFolder run, TrainedGenerator generator)
      throws IOException {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("step", Long.toString(generator.step()));
    if (generator.classes() > 0) {
      RunClasses classes = RunClasses.of(run, generator.classes());
      notes.put("classes", String.join("\n", classes.all()));
    }
    return notes;
  }
}
