package io.ddgan.web;

import io.ddgan.api.Command;
import io.ddgan.api.CommandContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan watch}: runs and sweeps in a browser. */
final class Watch implements Command {

  /** What stands on the command line after it. */
  @CommandLine.Command(name = "watch", sortOptions = false)
  static final class Options {

    @Parameters(
        arity = "0..*",
        paramLabel = "FOLDER",
        description = "Runs, sweeps, or folders of them (default: runs).")
    private List<Path> folders = List.of(Path.of("runs"));

    @Option(
        names = "--port",
        paramLabel = "PORT",
        description = "Port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port = 8081;
  }

  @Override
  public List<String> help() {
    return Arguments.help(new Options());
  }

  @Override
  public int run(List<String> arguments, CommandContext context) throws InterruptedException {
    Options options = Arguments.read(new Options(), arguments);
    for (Path folder : options.folders) {
      Arguments.require(
          Files.isDirectory(folder),
          "%s is not a folder; name the folder of a run, of a sweep or of several"
              .formatted(folder));
    }
    new WatchServer(new WatchedRuns(options.folders, context)).serve(context, options.port);
    return 0;
  }
}
