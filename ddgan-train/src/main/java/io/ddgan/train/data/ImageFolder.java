package io.ddgan.train.data;

import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.api.Examples;
import io.ddgan.api.Hasher;
import io.ddgan.api.Labels;
import io.ddgan.api.RefusedException;
import io.ddgan.config.Key;
import io.ddgan.internal.file.FileErrors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The pictures in a folder and the folders in it, in the order of their paths. Of each the short
 * side is resized and the long one cropped in the middle. The classes, if they are wanted, are the
 * folders below the root that hold pictures, in the order of their names.
 */
public record ImageFolder(
    @Key("folder with PNG, JPEG, BMP or WebP files, also in folders within it") Path folder,
    @Key(
            value = "height and width in pixels to which images are resized and cropped",
            min = 1,
            max = Picture.LARGEST)
        int size,
    @Key(value = "3 for colour, 1 for grey", min = 1, max = 3) int channels,
    @Key("whether training mirrors half of the images it sees") boolean flip,
    @Key("classes of the pictures: none, or the folders directly below that they lie in")
        LabelSource labels)
    implements Dataset {

  private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "bmp", "webp");

  /** Where classes come from. */
  public enum LabelSource {
    /** The pictures have no classes. */
    NONE,
    /** A picture's class is the first folder on the way from the root to it. */
    FOLDERS
  }

  /** Checks the channels. */
  public ImageFolder {
    if (channels == 2) {
      throw new RefusedException("channels must be 3 for colour or 1 for grey, found 2");
    }
  }

  /**
   * The pictures of a folder in their own size, which is that of the first.
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
  public Examples open() throws IOException {
    List<Path> files = pictures();
    Optional<Labels> classes =
        labels == LabelSource.FOLDERS ? Optional.of(classes(files)) : Optional.empty();
    FolderImages images =
        new FolderImages(files, DataShape.image(channels, size, size), classes, flip);
    images.read(0, new float[images.shape.size()], 0); // a wrong folder shows at once
    return images;
  }

  /**
   * The classes of pictures: the first folder on the way from the root to each. They are numbered
   * in the order of their names as strings, which is the same in every language.
   */
  private Labels classes(List<Path> pictures) throws IOException {
    List<String> folders = new ArrayList<>();
    for (Path picture : pictures) {
      Path below = folder.relativize(picture);
      if (below.getNameCount() == 1) {
        throw new IOException(
            "%s lies in no folder of a class; move it into a folder in %s, or set data.labels to none"
                .formatted(picture, folder));
      }
      folders.add(below.getName(0).toString());
    }
    List<String> names = List.copyOf(new TreeSet<>(folders));
    if (names.size() == 1) {
      throw new IOException(
          "all pictures in %s lie in its folder %s, but there must be two classes or more; set data.folder to what holds a folder for each class, or data.labels to none"
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
            (file, attributes) -> attributes.isRegularFile() && isPicture(file) && !isHidden(file),
            FileVisitOption.FOLLOW_LINKS)) {
      pictures = files.sorted().toList();
    } catch (UncheckedIOException e) {
      throw FileErrors.reading(folder, e.getCause());
    } catch (IOException e) {
      throw FileErrors.reading(folder, e);
    }
    if (pictures.isEmpty()) {
      throw new FileNotFoundException(
          folder + " has no PNG, JPEG, BMP or WebP files, nor have the folders in it");
    }
    return pictures;
  }

  /** Whether a file lies in a hidden folder, as thumbnails do. */
  private boolean isHidden(Path file) {
    for (Path part : folder.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /** Hidden files are some systems' notes about others. */
  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return name.indexOf('.') > 0 && EXTENSIONS.contains(extension);
  }

  private record FolderImages(
      List<Path> files, DataShape shape, Optional<Labels> labels, boolean isMirrorable)
      implements Examples {

    @Override
    public int size() {
      return files.size();
    }

    @Override
    public void read(int index, float[] out, int offset) throws IOException {
      Picture.read(files.get(index)).fit(shape, out, offset);
    }

    /** By the files as they are: to decode all of them can take very long. */
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
