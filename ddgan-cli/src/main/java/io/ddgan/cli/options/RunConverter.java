package io.ddgan.cli.options;

import io.ddgan.cli.models.Models;
import io.ddgan.config.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes a word for the folder of a run, or for the model of that name. */
public final class RunConverter implements ITypeConverter<Path> {

  @Override
  public Path convert(String word) {
    Models models = Models.ofDistribution();
    Path run = models.run(new PathConverter().convert(word));
    if (!Files.exists(run)) {
      meant(word, models)
          .ifPresent(
              model -> {
                throw new TypeConversionException(
                    "%s does not exist; did you mean the model '%s'?".formatted(word, model));
              });
    }
    return run;
  }

  private static Optional<String> meant(String word, Models models) {
    try {
      return Suggestion.closest(word, models.names());
    } catch (IOException e) {
      return Optional.empty(); // that the run is not there is what matters
    }
  }
}
