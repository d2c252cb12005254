package io.ddgan.web;

import io.ddgan.api.Command;
import io.ddgan.api.CommandContext;
import io.ddgan.api.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan play}: a model to be played with, in a browser. */
final class Play implements Command {

  /** Images that are computed at a time where there are several. */
  private static final int IMAGES = 8;

  /** What stands on the command line after it. */
  @CommandLine.Command(name = "play", sortOptions = false)
  static final class Options {

    @Parameters(paramLabel = "RUN|MODEL", description = "The run's folder, or one of ddgan models.")
    private Path model;

    @Option(
        names = "--port",
        paramLabel = "PORT",
        description = "Port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port = 8082;
  }

  @Override
  public List<String> help() {
    return Arguments.help(new Options());
  }

  /** Single images are followed by a model that computes one at a time, several by another. */
  @Override
  public int run(List<String> arguments, CommandContext context)
      throws IOException, InterruptedException {
    Options options = Arguments.read(new Options(), arguments);
    try (Model one = context.model(options.model, Optional.of(1))) {
      boolean isImage = one.shape().isImage();
      Arguments.require(
          isImage || one.shape().size() == 2,
          "the model makes examples of the shape %s; the playground shows images and points of a plane"
              .formatted(one.shape()));
      int batch = isImage ? IMAGES : PlayServer.POINTS;
      try (Model several = context.model(options.model, Optional.of(batch))) {
        Arguments.require(
            one.step() == several.step(),
            "the training saved a checkpoint just now; give the command again");
        new PlayServer(one, several, options.model).serve(context, options.port);
        return 0;
      }
    }
  }
}
