package io.ddgan.train.listener;

import io.ddgan.api.ListenerFactory;
import io.ddgan.api.RefusedException;
import io.ddgan.api.TrainingListener;
import io.ddgan.config.Key;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Folders;
import io.ddgan.train.run.RunFolder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.nd4j.shade.protobuf.ByteString;
import org.tensorflow.framework.Summary;

/**
 * Writes TensorBoard events: rows of metrics as {@code train/<column>}, evaluations as {@code
 * evaluation/<measure>} and pictures as {@code samples}, each with the number of steps done.
 */
public record TensorBoard(
    @Key("folder of the event files, within the run's folder") Path folder,
    @Key("whether to write pictures of samples") boolean writeImages)
    implements ListenerFactory {

  public TensorBoard {
    Path run = Path.of("run");
    Path events = run.resolve(folder).normalize();
    if (folder.isAbsolute()
        || !events.startsWith(run)
        || events.equals(run)
        || new RunFolder(run).isOwn(events)) {
      throw new RefusedException(
          "folder must be a separate folder within the run's folder, such as tensorboard; got '%s'"
              .formatted(folder));
    }
  }

  @Override
  public TrainingListener open(Path run) throws IOException {
    Path events = run.resolve(folder);
    Folders.make(events);
    return new Events(events, writeImages);
  }

  /** Writes the events of one process to a new file. */
  private static final class Events implements TrainingListener {

    private final Path folder;
    private final boolean pictures;
    private Optional<EventFile> events = Optional.empty();

    /** Creates a listener without a file, which is created when training starts. */
    Events(Path folder, boolean pictures) {
      this.folder = folder;
      this.pictures = pictures;
    }

    /**
     * Creates a file for events after {@code first} steps; events of earlier files up to that step
     * remain.
     */
    @Override
    public void onTrainStart(long first, long total) {
      events = Optional.of(EventFile.create(folder, first + 1));
    }

    @Override
    public void onLog(long done, Map<String, Double> row) {
      events.orElseThrow().write(done, scalars("train/", row));
    }

    @Override
    public void onEvaluation(long done, Map<String, Double> values) {
      events.orElseThrow().write(done, scalars("evaluation/", values));
    }

    @Override
    public void onSamples(long done, Path picture) {
      if (pictures) {
        events.orElseThrow().write(done, image("samples", picture));
      }
    }

    private static Summary scalars(String group, Map<String, Double> values) {
      Summary.Builder summary = Summary.newBuilder();
      values.forEach(
          (name, value) ->
              summary.addValueBuilder().setTag(group + name).setSimpleValue(value.floatValue()));
      return summary.build();
    }

    private static Summary image(String tag, Path picture) {
      try {
        byte[] png = Files.readAllBytes(picture);
        BufferedImage decoded =
            Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(png)))
                .orElseThrow(() -> new IOException("not a picture"));
        Summary.Builder summary = Summary.newBuilder();
        summary
            .addValueBuilder()
            .setTag(tag)
            .getImageBuilder()
            .setHeight(decoded.getHeight())
            .setWidth(decoded.getWidth())
            .setColorspace(decoded.getColorModel().getNumComponents())
            .setEncodedImageString(ByteString.copyFrom(png));
        return summary.build();
      } catch (IOException e) {
        throw new UncheckedIOException(FileErrors.reading(picture, e));
      }
    }
  }
}
