package io.ddgan.cli.training;

import io.ddgan.api.Listener;
import io.ddgan.api.TrainingListener;
import io.ddgan.train.run.RunFolder;
import java.nio.file.Path;

/** Lets every training keep a file of its progress. */
final class ProgressFiles implements Listener {

  @Override
  public TrainingListener open(Path run) {
    return new ProgressFile(new RunFolder(run).progress());
  }
}
