package io.ddgan.web;

import io.ddgan.api.Command;
import io.ddgan.api.CommandContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
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

    @Mixin private PortOption port = new PortOption(8081);
  }

  @Override
  public List<String> help() {
    return Arguments.help(new Options());
  }

  @Override
  public int run(List<String> arguments, CommandContext context) throws InterruptedException {
    Options options = Arguments.read(new Options(), arguments);
    options.port.check();
    for (Path folder : options.folders) {
      Arguments.require(
          Files.isDirectory(folder),
          "%s is not a folder; name the folder of a run, of a sweep or of several"
              .formatted(folder));
    }
    WatchServer server =
        WatchServer.start(new WatchedRuns(options.folders, context), options.port.port());
    UntilEnd.await(
        context,
        "http://127.0.0.1:%d shows them, until Ctrl-C".formatted(server.port()),
        server::end);
    return 0;
  }
}
