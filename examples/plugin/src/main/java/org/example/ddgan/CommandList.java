package org.example.ddgan;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.config.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Starts nothing, but writes a shell command per trial, for example for a cluster's job array. Once all
 * have run, {@code ddgan sweep --resume} collects the results.
 */
public record CommandList(@Key("file to which the commands are appended") Path file)
    implements ProcessLauncher {

  @Override
  public Handle launch(Request trial) throws IOException {
    String environment =
        trial.resources().environment().entrySet().stream()
            .map(variable -> variable.getKey() + "=" + quoted(variable.getValue()))
            .collect(Collectors.joining(" "));
    String arguments =
        trial.arguments().stream().map(CommandList::quoted).collect(Collectors.joining(" "));
    String line =
        "%s %s %s >> %s 2>&1%n"
            .formatted(
                environment, quoted(trial.program()), arguments, quoted(trial.log().toString()));
    Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return new LeftToOthers();
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** A trial that is run by someone else. */
  private record LeftToOthers() implements Handle {

    @Override
    public boolean isActive() {
      return false;
    }

    @Override
    public OptionalInt exitCode() {
      return OptionalInt.empty();
    }

    @Override
    public void stop() {}

    @Override
    public void close() {}
  }
}
