package io.ddgan.app.sampling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What is made with a generator: samples of some kind, or a figure of how it works. */
public interface Drawing {

  /** What a file of it is called where no other name is wanted. */
  String file(long seed);

  /**
   * How many examples are generated at once, where that is known.
   *
   * @param classes number of classes that the generator tells apart, 0 if it does not look at them
   */
  default int most(int classes) {
    return Integer.MAX_VALUE;
  }

  /**
   * Makes it.
   *
   * @param target a picture, or what else it can be written to
   * @return lines that say what is where
   * @throws io.ddgan.api.RefusedException if the generator cannot make it, or the target cannot
   *     hold it; the message says what can be done instead
   */
  List<String> draw(Sampling sampling, Path target) throws IOException;
}
