package io.ddgan.train.parallel;

import io.ddgan.internal.file.AtomicFile;
import io.ddgan.internal.file.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the process of rank 0 waits for the others, which a file in the run's folder tells them.
 *
 * @param token what a process shows to be one of them
 * @param processes how many they are
 * @param hosts addresses of rank 0's machine, the likeliest first
 * @param port where it listens
 */
record Meeting(String token, int processes, List<String> hosts, int port) {

  private static final String TOKEN = "token";
  private static final String PROCESSES = "processes";
  private static final String HOSTS = "hosts";
  private static final String PORT = "port";

  Meeting {
    hosts = List.copyOf(hosts);
  }

  /** The addresses of this machine: those that others reach, then that of itself. */
  static List<String> ownHosts() throws IOException {
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
    return hosts;
  }

  void write(Path file) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(TOKEN, token);
    object.put(PROCESSES, processes);
    object.put(HOSTS, hosts);
    object.put(PORT, port);
    AtomicFile.write(file, Json.pretty(object));
  }

  /** What a file says; empty if there is none, or nothing that can be understood. */
  static Optional<Meeting> read(Path file) {
    try {
      Map<String, Object> object = Json.parse(Files.readString(file));
      return Optional.of(
          new Meeting(
              String.valueOf(object.get(TOKEN)),
              Integer.parseInt(String.valueOf(object.get(PROCESSES))),
              ((List<?>) object.getOrDefault(HOSTS, List.of()))
                  .stream().map(String::valueOf).toList(),
              Integer.parseInt(String.valueOf(object.get(PORT)))));
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      return Optional.empty();
    }
  }
}
