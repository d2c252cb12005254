package io.ddgan.internal.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file, or something else, that may include others.
 *
 * @param name what errors call it
 */
record IncludedSource(String name, Optional<Path> file) {

  /** A file. */
  static IncludedSource of(Path file) {
    return new IncludedSource(file.toString(), Optional.of(file));
  }

  /** What is no file. */
  static IncludedSource of(String name) {
    return new IncludedSource(name, Optional.empty());
  }

  /** Where it includes another, with the line if that can be found. */
  String placeOf(String included) {
    Pattern statement =
        Pattern.compile("[^#]*\\binclude\\b.*\"" + Pattern.quote(included) + "\".*");
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      if (statement.matcher(lines.get(i)).matches()) {
        return name + ":" + (i + 1);
      }
    }
    return name;
  }

  private List<String> lines() {
    try {
      return file.isPresent()
          ? new String(Files.readAllBytes(file.get()), StandardCharsets.UTF_8).lines().toList()
          : List.of();
    } catch (IOException e) {
      return List.of(); // it could be read a moment ago; the name must do
    }
  }

  /** Why it cannot be read, to follow its name. */
  String whyUnreadable() {
    if (file.isEmpty() || !Files.exists(file.get())) {
      return "but there is no such file; correct the name, or remove the line";
    }
    if (Files.isDirectory(file.get())) {
      return "but that is a folder; name a file in it";
    }
    return Files.isReadable(file.get())
        ? "whose name must end in .conf, .json or .properties"
        : "which may not be read; change its permissions";
  }

  /** Whether another means the same. */
  boolean is(IncludedSource other) {
    return identity().equals(other.identity());
  }

  private String identity() {
    return file.map(path -> path.toAbsolutePath().normalize().toString()).orElse(name);
  }
}
