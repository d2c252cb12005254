package io.ddgan.cli.options;

import io.ddgan.api.RefusedException;
import io.ddgan.internal.config.PathName;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes a word for a path, or says why it cannot be one. */
public final class PathConverter implements ITypeConverter<Path> {

  @Override
  public Path convert(String word) {
    try {
      return PathName.of(word);
    } catch (RefusedException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
