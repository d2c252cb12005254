package io.ddgan.web;

import io.ddgan.api.Command;
import io.ddgan.api.CommandContext;
import io.ddgan.api.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code ddgan play}: a model to be played with, in a browser. */
final class Play implements Command {

  /** What stands on the command line after it. */
  @CommandLine.Command(name = "play", sortOptions = false)
  static final class Options {

    @Mixin private ModelArgument model;

    @Mixin private PortOption port = new PortOption(8082);
  }

  @Override
  public List<String> help() {
    return Arguments.help(new Options());
  }

  @Override
  public int run(List<String> arguments, CommandContext context)
      throws IOException, InterruptedException {
    Options options = Arguments.read(new Options(), arguments);
    options.model.check();
    options.port.check();
    try (Playground playground = playground(options.model.run(), context)) {
      PlayServer server = PlayServer.start(playground, options.model.name(), options.port.port());
      UntilEnd.await(
          context,
          "http://127.0.0.1:%d has the playground, until Ctrl-C".formatted(server.port()),
          server::end);
      return 0;
    }
  }

  /** Two models of one checkpoint, also of a run that is training. */
  private static Playground playground(Path run, CommandContext context) throws IOException {
    Model one = context.model(run, Optional.of(1));
    try {
      Arguments.require(
          one.shape().isImage() || one.shape().size() == 2,
          "the model makes examples of the shape %s; the playground shows images and points of a plane"
              .formatted(one.shape()));
      int batch = one.shape().isImage() ? Playground.SEVERAL : Playground.POINTS;
      Model several = context.model(run, Optional.of(batch));
      if (one.step() == several.step()) {
        return new Playground(one, several);
      }
      several.close();
    } catch (IOException | RuntimeException e) {
      one.close();
      throw e;
    }
    one.close();
    return playground(run, context);
  }
}
