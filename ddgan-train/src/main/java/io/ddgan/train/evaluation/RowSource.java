package io.ddgan.train.evaluation;

import java.io.IOException;
import java.nio.file.Path;

/** Has the rows of generated examples extracted elsewhere, by {@link PartExtraction}. */
@FunctionalInterface
public interface RowSource {

  /**
   * Has rows extracted.
   *
   * @param wanted of which examples
   * @param step examples that are extracted at a time; a range begins at a multiple of it
   * @param folder for files on the way, which stay there if the work is not finished
   * @param keeper takes the rows
   * @return whether all were extracted, or the work was to be stopped before
   */
  boolean extract(ExampleRange wanted, int step, Path folder, Keeper keeper) throws IOException;

  /** Takes rows in the order of their examples. */
  @FunctionalInterface
  interface Keeper {

    /**
     * Takes the rows of the next examples.
     *
     * @param rows the folder that they were extracted to
     * @throws IOException if they are not there, or are others than would be extracted here
     */
    void keep(ExampleRange range, Path rows) throws IOException;
  }
}
