package io.ddgan.web;

import picocli.CommandLine.Option;

/** The port of a command's server, on its command line. */
final class PortOption {

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  /** The port where none is named. */
  PortOption(int usual) {
    this.port = usual;
  }

  /**
   * Refuses what is no port.
   *
   * @throws IllegalArgumentException if it is none
   */
  void check() {
    Arguments.require(port >= 0 && port <= 65535, "--port is from 0 to 65535");
  }

  /** The port; 0 stands for any that is free. */
  int port() {
    return port;
  }
}
