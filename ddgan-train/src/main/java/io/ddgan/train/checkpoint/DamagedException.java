package io.ddgan.train.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** A file of a checkpoint is not what was written. */
final class DamagedException extends IOException {

  DamagedException(Path file, String why) {
    super(file + " is damaged: " + why);
  }
}
