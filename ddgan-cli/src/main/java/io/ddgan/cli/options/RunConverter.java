package io.ddgan.cli.options;

import io.ddgan.api.RefusedException;
import io.ddgan.app.models.Models;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes a word for the folder of a run, or for the model of that name. */
public final class RunConverter implements ITypeConverter<Path> {

  @Override
  public Path convert(String word) {
    try {
      return Models.ofDistribution().run(new PathConverter().convert(word));
    } catch (RefusedException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
