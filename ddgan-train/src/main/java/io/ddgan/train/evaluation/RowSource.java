package io.ddgan.train.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.io.function.IOBiConsumer;

/** Has the rows of generated examples extracted elsewhere, by {@link Extraction#extract}. */
@FunctionalInterface
public interface RowSource {

  /**
   * Has rows extracted.
   *
   * @param wanted of which examples
   * @param step examples that are extracted at a time; a range begins at a multiple of it
   * @param folder for files on the way, which stay there if the work is not finished
   * @param keeper takes the rows in the order of their examples: which they are, and the folder
   *     that they were extracted to; it fails if they are not there, or are others than would be
   *     extracted here
   * @return whether all were extracted, or the work was to be stopped before
   */
  boolean extract(
      ExampleRange wanted, int step, Path folder, IOBiConsumer<ExampleRange, Path> keeper)
      throws IOException;
}
