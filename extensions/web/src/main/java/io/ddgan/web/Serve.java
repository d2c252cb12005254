package io.ddgan.web;

import io.ddgan.api.CommandContext;
import io.ddgan.api.Model;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan serve}: samples for other programs, over HTTP. */
@CommandLine.Command(name = "serve", sortOptions = false)
final class Serve extends WebCommand {

  @Parameters(paramLabel = "RUN|MODEL", description = "The run's folder, or one of ddgan models.")
  Path model;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on (default: ${DEFAULT-VALUE}, for programs of this machine alone).")
  String host = "127.0.0.1";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with the token that requests must bear; needed where other machines can connect.")
  Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--most",
      paramLabel = "N",
      description = "Examples in one request at most (default: ${DEFAULT-VALUE}).")
  int most = 256;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "Requests that are accepted at once; others are told to come again (default:"
              + " ${DEFAULT-VALUE}).")
  int queue = 64;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long a request waits at most (default: ${DEFAULT-VALUE}).")
  int timeout = 30;

  /** Answers until the process is asked to end, and then what it has accepted. */
  @Override
  void run(CommandContext context) throws IOException, InterruptedException {
    check();
    try (Model loaded = context.model(model, Optional.empty())) {
      new SampleServer(loaded, this, token()).serve(context);
    }
  }

  private void check() {
    require(most >= 1 && most <= 10_000, "--most is from 1 to 10,000");
    require(queue >= 1 && queue <= 1000, "--queue is from 1 to 1000");
    require(timeout >= 1 && timeout <= 3600, "--timeout is from 1 to 3600");
    require(
        tokenFile.isPresent() || isLoopback(),
        "other machines may connect to %s, so requests must bear a token; write one into a file, and name that with --token-file"
            .formatted(host));
  }

  /** What requests bear. */
  private Optional<String> token() throws IOException {
    if (tokenFile.isEmpty()) {
      return Optional.empty();
    }
    String text = Files.readString(tokenFile.get(), StandardCharsets.ISO_8859_1).strip();
    require(
        text.matches("[!-~]{16,1000}"),
        "a token is one line of 16 to 1,000 letters, digits and signs of ASCII, such as what 'openssl rand -hex 32' gives; the file of --token-file has none");
    return Optional.of(text);
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
