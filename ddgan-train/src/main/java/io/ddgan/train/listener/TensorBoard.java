package io.ddgan.train.listener;

import io.ddgan.api.Listener;
import io.ddgan.api.RefusedException;
import io.ddgan.api.TrainingListener;
import io.ddgan.config.Key;
import io.ddgan.internal.file.Folders;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes what TensorBoard shows: rows of metrics as {@code train/<column>}, evaluations as {@code
 * evaluation/<measure>}, pictures as {@code samples}, each at the number of steps done.
 *
 * @param folder where the event files go, relative to the run's folder
 * @param pictures whether pictures of samples are written too
 */
public record TensorBoard(
    @Key("folder of the event files, in the run's folder") Path folder,
    @Key("whether pictures of samples are written too") boolean pictures)
    implements Listener {

  public TensorBoard {
    Path run = Path.of("run");
    Path events = run.resolve(folder).normalize();
    if (folder.isAbsolute()
        || !events.startsWith(run)
        || events.equals(run)
        || new RunFolder(run).isOwn(events)) {
      throw new RefusedException(
          "folder must be one of its own within the run's folder, so '%s' cannot be used; write a name such as tensorboard"
              .formatted(folder));
    }
  }

  @Override
  public TrainingListener open(Path run) throws IOException {
    Path events = run.resolve(folder);
    Folders.make(events);
    return new TensorBoardListener(events, pictures);
  }
}
