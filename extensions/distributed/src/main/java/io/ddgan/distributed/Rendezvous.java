package io.ddgan.distributed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The address at which rank 0 waits for the other processes, published in a file of the run.
 *
 * @param token secret that a process of the group presents
 * @param size the number of processes
 * @param port port of rank 0
 * @param hosts addresses of rank 0's machine, in the order to try them
 */
record Rendezvous(String token, int size, int port, List<String> hosts) {

  private static final int HEAD = 3;

  /** Creates a rendezvous at this machine's addresses, with the loopback address last. */
  static Rendezvous here(int size, int port) throws IOException {
    List<String> hosts = new ArrayList<>();
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      if (each.isUp() && !each.isLoopback()) {
        each.inetAddresses()
            .filter(address -> !address.isLinkLocalAddress())
            .map(InetAddress::getHostAddress)
            .forEach(hosts::add);
      }
    }
    hosts.add(InetAddress.getLoopbackAddress().getHostAddress());
    return new Rendezvous(UUID.randomUUID().toString(), size, port, List.copyOf(hosts));
  }

  void write(Path file) throws IOException {
    List<String> lines =
        new ArrayList<>(List.of(token, Integer.toString(size), Integer.toString(port)));
    lines.addAll(hosts);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, lines);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Reads a file; empty if it is missing or invalid. */
  static Optional<Rendezvous> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return Optional.of(
          new Rendezvous(
              lines.get(0),
              Integer.parseInt(lines.get(1)),
              Integer.parseInt(lines.get(2)),
              lines.subList(HEAD, lines.size())));
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
