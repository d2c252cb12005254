package io.ddgan.web;

import io.ddgan.api.Command;
import io.ddgan.api.CommandContext;
import io.ddgan.api.Model;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code ddgan serve}: samples for other programs, over HTTP. */
final class Serve implements Command {

  @Override
  public List<String> help() {
    return Arguments.help(new ServeOptions());
  }

  /** Answers until the process is asked to end, and then what it has accepted. */
  @Override
  public int run(List<String> arguments, CommandContext context)
      throws IOException, InterruptedException {
    ServeOptions options = ServeOptions.of(arguments);
    Optional<Token> token =
        options.tokenFile().isPresent()
            ? Optional.of(Token.read(options.tokenFile().get()))
            : Optional.empty();
    try (Model model = context.model(options.run(), Optional.empty())) {
      SampleServer server = SampleServer.start(model, options, token);
      String address = "http://%s:%d".formatted(bracketed(options.host()), server.port());
      UntilEnd.await(
          context,
          "%s answers, as %s/openapi.yaml says, until Ctrl-C".formatted(address, address),
          server::end);
      return 0;
    }
  }

  /** Addresses of version 6 have colons of their own. */
  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
