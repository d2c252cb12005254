package io.ddgan.eval;

import com.typesafe.config.ConfigUtil;
import io.ddgan.api.DataShape;
import io.ddgan.api.Dataset;
import io.ddgan.config.ConfigurationException;
import io.ddgan.config.Key;
import io.ddgan.config.Problem;
import io.ddgan.internal.config.Binder;
import io.ddgan.internal.config.Hocon;
import io.ddgan.internal.config.PathName;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.internal.weights.FidStatisticsFile;
import io.ddgan.plugin.ComponentKind;
import io.ddgan.train.data.Fingerprinted;
import io.ddgan.train.data.ImageFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens the references that users name. */
public final class References {

  public static final String NONE = "none";

  private static final int COLOUR = 3;

  private final ComponentRegistry registry;
  private final Binder binder;

  @Inject
  public References(ComponentRegistry registry, Binder binder) {
    this.registry = registry;
    this.binder = binder;
  }

  /**
   * Opens a reference.
   *
   * @param name a data set's type, a folder of pictures, an {@code .npz} file of statistics or of
   *     examples, or {@code none}
   * @param overrides keys of a data set, as {@code data.key=value}
   * @param like shape of the examples to compare with it, if known
   * @throws IOException if a file is missing or damaged; the message names it
   * @throws ConfigurationException if the name is none of these
   */
  public ReferenceData open(String name, List<String> overrides, Optional<DataShape> like)
      throws IOException {
    if (registry
        .find(ComponentKind.DATA, name)
        .isPresent()) { // a folder of this name is given as ./name
      return ReferenceData.of(name, Fingerprinted.of(data(name, overrides)));
    }
    if (!overrides.isEmpty()) {
      throw problem(
          overrides.get(0),
          "needs a data set, but the reference is %s; set --reference to a data set's type"
              .formatted(name.equals(NONE) ? "nothing" : name));
    }
    if (name.equals(NONE)) {
      return ReferenceData.none();
    }
    Path path = PathName.of(name);
    if (Files.isDirectory(path)) {
      int channels = like.filter(DataShape::isImage).map(DataShape::channels).orElse(COLOUR);
      return ReferenceData.of(name, ImageFolder.ofItsOwnSize(path, channels).open());
    }
    if (!name.endsWith(".npz")) {
      throw problem(
          "--reference",
          "%s is neither a data set's type (see: ddgan list), nor a folder, nor an .npz file"
              .formatted(name));
    }
    if (FidStatisticsFile.isOne(path)) {
      return new ReferenceData(name, Optional.empty(), Optional.of(FidStatisticsFile.read(path)));
    }
    List<String> file = List.of("data.file=" + ConfigUtil.quoteString(name));
    return ReferenceData.of(name, Fingerprinted.of(data("npz", file)));
  }

  private Dataset data(String type, List<String> overrides) {
    List<String> all = new ArrayList<>(List.of("data.type=" + type));
    all.addAll(overrides);
    return binder.bind(Data.class, Hocon.overrides(all)).data();
  }

  private record Data(@Key("the data set") Dataset data) {}

  private static ConfigurationException problem(String key, String message) {
    return new ConfigurationException(Problem.onCommandLine(key, message));
  }
}
