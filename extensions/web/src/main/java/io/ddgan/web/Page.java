package io.ddgan.web;

import io.ddgan.api.Command;
import io.ddgan.api.CommandContext;
import io.ddgan.api.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan page}: a single file with which any browser samples a model. */
final class Page implements Command {

  /** What stands on the command line after it. */
  @CommandLine.Command(name = "page", sortOptions = false)
  static final class Options {

    @Parameters(paramLabel = "RUN|MODEL", description = "The run's folder, or one of ddgan models.")
    private Path model;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "FILE.html",
        description = "The page, which is replaced if it exists.")
    private Path file;

    @Option(
        names = "--runtime",
        paramLabel = "FOLDER",
        defaultValue = "node_modules/onnxruntime-web",
        description =
            "The npm package onnxruntime-web, which goes into the page (default: ${DEFAULT-VALUE},"
                + " where npm install onnxruntime-web puts it).")
    private Path runtime;
  }

  @Override
  public List<String> help() {
    return Arguments.help(new Options());
  }

  @Override
  public int run(List<String> arguments, CommandContext context) throws IOException {
    Options options = Arguments.read(new Options(), arguments);
    String name = options.file.toString().toLowerCase(Locale.ROOT);
    Arguments.require(name.endsWith(".html"), "--to names a page, FILE.html");
    Path folder = Optional.ofNullable(options.file.toAbsolutePath().getParent()).orElseThrow();
    Arguments.require(
        Files.isDirectory(folder),
        "%s, where --to is to be written, is not a folder; create it first".formatted(folder));
    List<Path> runtime =
        Stream.of("ort.wasm.bundle.min.mjs", "ort-wasm-simd-threaded.wasm")
            .map(options.runtime.resolve("dist")::resolve)
            .toList();
    for (Path part : runtime) {
      Arguments.require(
          Files.isRegularFile(part),
          "%s is not there; get it with npm install onnxruntime-web@1, or name the package's folder with --runtime"
              .formatted(part));
    }
    try (Model model = context.model(options.model, Optional.of(1))) {
      SamplingPage.write(model, Arguments.nameOf(options.model), runtime, options.file);
    }
    context
        .out()
        .printf(
            "%s, %.1f MB, samples in any browser, also without a network%n",
            options.file, Files.size(options.file) / 1e6);
    context.out().flush();
    return 0;
  }
}
