package io.ddgan.web;

import io.ddgan.api.RefusedException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What stands on the command line after {@code serve}. */
@Command(name = "serve", sortOptions = false)
final class ServeOptions {

  @Mixin private ModelArgument model;

  @Mixin private PortOption port = new PortOption(8080);

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on (default: ${DEFAULT-VALUE}, for programs of this machine alone).")
  private String host;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with the token that requests must bear; needed where other machines can connect.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "256",
      description = "Examples in one request at most (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "64",
      description =
          "Requests that are accepted at once; others are told to come again (default:"
              + " ${DEFAULT-VALUE}).")
  private int queue;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long a request waits at most (default: ${DEFAULT-VALUE}).")
  private int timeout;

  /**
   * Reads them.
   *
   * @throws RefusedException if they are wrong; the message says what to do
   */
  static ServeOptions of(List<String> arguments) {
    ServeOptions options = Arguments.read(new ServeOptions(), arguments);
    options.model.check();
    options.port.check();
    Arguments.require(options.most >= 1 && options.most <= 10_000, "--most is from 1 to 10,000");
    Arguments.require(!options.host.isBlank(), "--host is an address, such as 127.0.0.1");
    Arguments.require(options.queue >= 1 && options.queue <= 1000, "--queue is from 1 to 1000");
    Arguments.require(
        options.timeout >= 1 && options.timeout <= 3600, "--timeout is from 1 to 3600");
    Arguments.require(
        options.tokenFile.isPresent() || options.isLoopback(),
        "other machines can connect to %s, so requests must bear a token; write one into a file, and name that with --token-file"
            .formatted(options.host));
    return options;
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new RefusedException("--host: there is no address " + host, e);
    }
  }

  Path run() {
    return model.run();
  }

  String host() {
    return host;
  }

  int port() {
    return port.port();
  }

  Optional<Path> tokenFile() {
    return tokenFile;
  }

  int most() {
    return most;
  }

  int queue() {
    return queue;
  }

  Duration timeout() {
    return Duration.ofSeconds(timeout);
  }
}
