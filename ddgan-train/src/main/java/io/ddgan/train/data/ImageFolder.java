package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Hasher;
import io.ddgan.api.Labels;
import io.ddgan.api.OpenDataset;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import io.ddgan.internal.file.FileErrors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The pictures in a folder and its subfolders, sorted by path. Each is resized by its short side
 * and centre-cropped to a square. Optionally, the top-level subfolders are the classes, sorted by
 * name.
 */
public record ImageFolder(
    @Key("folder with PNG, JPEG, BMP or WebP files, also in subfolders") Path folder,
    @Key(
            value = "height and width in pixels; images are resized and centre-cropped",
            min = 1,
            max = Picture.LARGEST)
        int size,
    @Key(value = "3 for colour, 1 for grey", min = 1, max = 3) int channels,
    @Key("whether to flip training images horizontally with probability 1/2") boolean flip,
    @Key("classes of the pictures: none, or folders (the top-level subfolders)") LabelSource labels)
    implements Dataset {

  private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "bmp", "webp");

  /** The source of the classes. */
  public enum LabelSource {
    /** The pictures have no classes. */
    NONE,
    /** A picture's class is the top-level subfolder that contains it. */
    FOLDERS
  }

  /** Checks the channels. */
  public ImageFolder {
    if (channels == 2) {
      throw new RefusedException("channels must be 3 for colour or 1 for grey; got 2");
    }
  }

  /**
   * Returns the pictures of a folder in the size of the first one.
   *
   * @param channels channels of an example
   * @throws IOException if the folder has no pictures or the first is damaged; the message names it
   */
  public static ImageFolder ofItsOwnSize(Path folder, int channels) throws IOException {
    List<Path> pictures = new ImageFolder(folder, 1, channels, false, LabelSource.NONE).pictures();
    int size = Picture.read(pictures.get(0)).side();
    return new ImageFolder(folder, size, channels, false, LabelSource.NONE);
  }

  @Override
  public Optional<DataShape> shape() {
    return Optional.of(DataShape.image(channels, size, size));
  }

  @Override
  public OpenDataset open() throws IOException {
    List<Path> files = pictures();
    Optional<Labels> classes =
        labels == LabelSource.FOLDERS ? Optional.of(classes(files)) : Optional.empty();
    FolderImages images =
        new FolderImages(files, DataShape.image(channels, size, size), classes, flip);
    images.read(0, new float[images.shape.size()], 0); // fails early for a wrong folder
    return images;
  }

  /**
   * Returns the classes of pictures, the top-level subfolders. They are numbered in the order of
   * their names, independent of the locale.
   */
  private Labels classes(List<Path> pictures) throws IOException {
    List<String> folders = new ArrayList<>();
    for (Path picture : pictures) {
      Path below = folder.relativize(picture);
      if (below.getNameCount() == 1) {
        throw new IOException(
            "%s has no class; move it into a subfolder of %s, or set data.labels to none"
                .formatted(picture, folder));
      }
      folders.add(below.getName(0).toString());
    }
    List<String> names = List.copyOf(new TreeSet<>(folders));
    if (names.size() == 1) {
      throw new IOException(
          "%s has a single class, %s, but needs at least two; set data.folder to a folder with one subfolder per class, or data.labels to none"
              .formatted(folder, names.get(0)));
    }
    int[] labels =
        folders.stream().mapToInt(each -> Collections.binarySearch(names, each)).toArray();
    return Labels.named(names, index -> labels[index]);
  }

  private List<Path> pictures() throws IOException {
    List<Path> pictures;
    try (Stream<Path> files =
        Files.find(
            folder,
            Integer.MAX_VALUE,
            (file, attributes) -> isPicture(file) && !isHidden(file) && isFile(file, attributes),
            FileVisitOption.FOLLOW_LINKS)) {
      pictures = files.sorted().toList();
    } catch (UncheckedIOException e) {
      throw FileErrors.reading(folder, e.getCause());
    } catch (NoSuchFileException e) { // a dry run does without the data
      throw new FileNotFoundException(FileErrors.reading(folder, e).getMessage());
    } catch (IOException e) {
      throw FileErrors.reading(folder, e);
    }
    if (pictures.isEmpty()) {
      throw new FileNotFoundException(
          folder + " has no PNG, JPEG, BMP or WebP files in it or its subfolders");
    }
    return pictures;
  }

  private static boolean isFile(Path file, BasicFileAttributes attributes) {
    if (!attributes.isRegularFile() && !attributes.isDirectory()) {
      throw new UncheckedIOException(
          new IOException(file + " is not a file, or a link to a missing one; remove it"));
    }
    return attributes.isRegularFile();
  }

  /** Returns whether a file is in a hidden folder, such as one of thumbnails. */
  private boolean isHidden(Path file) {
    for (Path part : folder.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether a file has the extension of a picture. Hidden files may be metadata of others.
   */
  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return name.indexOf('.') > 0 && EXTENSIONS.contains(extension);
  }

  private record FolderImages(
      List<Path> files, DataShape shape, Optional<Labels> labels, boolean isMirrorable)
      implements OpenDataset {

    @Override
    public int size() {
      return files.size();
    }

    @Override
    public void read(int index, float[] out, int offset) throws IOException {
      Picture.read(files.get(index)).fit(shape, out, offset);
    }

    /** Uses the encoded files: decoding all of them can take very long. */
    @Override
    public String fingerprint() throws IOException {
      Hasher fingerprint = new Hasher().add("image-folder").add(shape.toString());
      for (int i = 0; i < files.size(); i++) {
        try {
          fingerprint.add(new Hasher().add(Files.readAllBytes(files.get(i))).hex());
        } catch (IOException e) {
          throw FileErrors.reading(files.get(i), e);
        }
        if (labels.isPresent()) {
          fingerprint.add(labels.get().label(i));
        }
      }
      return fingerprint.hex();
    }
  }
}
