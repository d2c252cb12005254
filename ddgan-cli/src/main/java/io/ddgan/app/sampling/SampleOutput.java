package io.ddgan.app.sampling;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.api.RefusedException;
import io.ddgan.internal.file.FileErrors;
import io.ddgan.internal.file.Folders;
import io.ddgan.internal.weights.Npz;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.experiment.Setup;
import io.ddgan.train.picture.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where generated examples go: one picture, an array, or a folder with a picture each. */
public final class SampleOutput {

  /** What people give files of pictures or numbers; a folder of such a name is a mistake. */
  private static final Pattern OTHER_FORMAT =
      Pattern.compile(
          "\\.(jpe?g|gif|webp|bmp|tiff?|svg|pdf|npy|csv|json|pth?|safetensors|zip)$",
          Pattern.CASE_INSENSITIVE);

  private final Path target;
  private final DataShape shape;
  private final boolean grid;

  private SampleOutput(Path target, DataShape shape, boolean grid) {
    this.target = target;
    this.shape = shape;
    this.grid = grid;
  }

  /**
   * Checks that examples of a shape can be written to a target.
   *
   * @param count how many there are going to be
   * @param grid whether one picture of all is wanted besides an array or a folder
   * @throws IllegalArgumentException if they cannot; the message says what can be done instead
   */
  public static SampleOutput to(Path target, DataShape shape, int count, boolean grid) {
    SampleOutput output = new SampleOutput(target, shape, grid);
    boolean looksLikeFile = OTHER_FORMAT.matcher(target.toString()).find();
    if (output.isFolder() && looksLikeFile && !Files.isDirectory(target)) {
      throw new RefusedException(
          "%s looks like a file of a format that samples are not written in; write --out FILE.png or FILE.npz, or name a folder"
              .formatted(target));
    }
    if ((output.isPicture() || grid || !output.isArray()) && !Pictures.canShow(shape)) {
      throw new RefusedException(
          "examples of the shape %s cannot be shown; write an array with --out FILE.npz"
              .formatted(shape));
    }
    if (output.isPicture() || grid) {
      Pictures.plain(shape).requireRoom(count);
    }
    if (output.isFolder() && !shape.isImage()) {
      throw new RefusedException(
          "%s would be a folder with a picture for each point; write one picture with --out FILE.png, or an array with --out FILE.npz"
              .formatted(target));
    }
    return output;
  }

  /** Writes the first examples and says where they are. */
  public List<Path> write(float[] samples, Setup setup) throws IOException {
    return write(samples, 0, setup);
  }

  /**
   * Writes examples and says where they are.
   *
   * @param first number of the first one, by which the pictures of a folder are named
   */
  public List<Path> write(float[] samples, int first, Setup setup) throws IOException {
    List<Path> written = new ArrayList<>();
    if (isFolder()) {
      Folders.make(target);
    } else {
      createFolderOf(target);
    }
    if (isArray()) {
      Npz.write(target, Map.of("samples", batch(samples)));
    } else if (isPicture()) {
      pictures(setup, shape).write(samples, target);
    } else {
      Pictures pictures = Pictures.plain(shape);
      int size = shape.size();
      for (int i = 0; i < samples.length / size; i++) {
        float[] one = Arrays.copyOfRange(samples, i * size, (i + 1) * size);
        pictures.writeOne(one, target.resolve(picture(first + i)));
      }
    }
    written.add(target);
    if (grid && !isPicture()) {
      Path file = picture().orElseThrow();
      pictures(setup, shape).write(samples, file);
      written.add(file);
    }
    return written;
  }

  private static String picture(int number) {
    return "%06d.png".formatted(number);
  }

  /**
   * How many files the folder of what was written holds besides: of an earlier command, for
   * instance.
   *
   * @param first number of the first picture
   */
  public long others(int first, int count) throws IOException {
    if (!isFolder()) {
      return 0;
    }
    Set<String> own =
        IntStream.range(first, first + count)
            .mapToObj(SampleOutput::picture)
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(target)) {
      return files.filter(file -> !own.contains(file.getFileName().toString())).count();
    } catch (IOException e) {
      throw FileErrors.reading(target, e);
    }
  }

  /** Makes the folder that a file is going to be in. */
  static void createFolderOf(Path file) throws IOException {
    Folders.make(file.toAbsolutePath().getParent());
  }

  /** What was named. */
  Path target() {
    return target;
  }

  /** The one picture of all, if one is wanted. */
  Optional<Path> picture() {
    if (isPicture()) {
      return Optional.of(target);
    }
    Path beside =
        isFolder()
            ? target.resolveSibling(target.getFileName() + ".png")
            : Path.of(target.toString().replaceFirst("(?i)\\.npz$", ".png"));
    return grid ? Optional.of(beside) : Optional.empty();
  }

  /** The same without one picture besides. */
  SampleOutput withoutGrid() {
    return new SampleOutput(target, shape, false);
  }

  /** The examples as one array, {@code [N, ...shape]}. */
  private Tensor batch(float[] samples) {
    long[] sizes = shape.batch(samples.length / shape.size());
    return Tensor.of(Arrays.stream(sizes).boxed().toList(), samples);
  }

  /** The pictures that suit an experiment's data; those of points show some of the data as well. */
  static Pictures pictures(Setup setup, DataShape shape) throws IOException {
    if (shape.isImage()) {
      return Pictures.plain(shape);
    }
    try (Examples data = setup.open()) {
      return Pictures.of(data);
    }
  }

  private boolean isPicture() {
    return endsWith(".png");
  }

  boolean isArray() {
    return endsWith(".npz");
  }

  private boolean endsWith(String extension) {
    return target.toString().toLowerCase(Locale.ROOT).endsWith(extension);
  }

  boolean isFolder() {
    return !isPicture() && !isArray();
  }
}
