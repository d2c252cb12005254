package io.ddgan.cli.options;

import io.ddgan.file.Printable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes a word for a path, or says why it cannot be one. */
public final class PathConverter implements ITypeConverter<Path> {

  @Override
  public Path convert(String word) {
    if (word.isBlank()) { // else the working folder
      throw new TypeConversionException("an empty name names no file or folder");
    }
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "'%s' cannot be a path here, %s; if it has letters beyond ASCII, set LC_ALL=C.UTF-8"
              .formatted(Printable.of(word), e.getReason()));
    }
  }
}
