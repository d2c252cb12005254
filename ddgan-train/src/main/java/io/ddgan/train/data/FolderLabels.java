package io.ddgan.train.data;

import io.ddgan.api.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** Classes of pictures that lie in a folder for each class. */
final class FolderLabels {

  private FolderLabels() {}

  /**
   * The classes of pictures: the first folder on the way from the root to each. They are numbered
   * in the order of their names as strings, which is the same in every language.
   *
   * @param pictures files in the root and the folders in it
   * @throws IOException if a picture lies in no folder, or all lie in the same
   */
  static Labels of(Path root, List<Path> pictures) throws IOException {
    List<String> folders = new ArrayList<>();
    for (Path picture : pictures) {
      Path below = root.relativize(picture);
      if (below.getNameCount() == 1) {
        throw new IOException(
            "%s lies in no folder of a class; move it into a folder in %s, or set data.labels to none"
                .formatted(picture, root));
      }
      folders.add(below.getName(0).toString());
    }
    List<String> names = List.copyOf(new TreeSet<>(folders));
    if (names.size() == 1) {
      throw new IOException(
          "all pictures in %s lie in its folder %s, but there must be two classes or more; set data.folder to what holds a folder for each class, or data.labels to none"
              .formatted(root, names.get(0)));
    }
    int[] labels =
        folders.stream().mapToInt(folder -> Collections.binarySearch(names, folder)).toArray();
    return Labels.named(names, index -> labels[index]);
  }
}
