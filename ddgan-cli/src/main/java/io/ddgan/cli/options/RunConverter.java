package io.ddgan.cli.options;

import io.ddgan.cli.models.Models;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/** Takes a word for the folder of a run, or for the model of that name. */
public final class RunConverter implements ITypeConverter<Path> {

  @Override
  public Path convert(String word) {
    return Models.ofDistribution().run(new PathConverter().convert(word));
  }
}
