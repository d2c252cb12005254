package io.ddgan.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ddgan.api.Command;
import io.ddgan.api.CommandContext;
import io.ddgan.api.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddgan page}: a single file with which any browser samples a model. */
final class Page implements Command {

  /** Where the template has something else, between texts of its own. */
  private static final String HOLE = "@@";

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
      write(model, options, runtime);
    }
    context
        .out()
        .printf(
            "%s, %.1f MB, samples in any browser, also without a network%n",
            options.file, Files.size(options.file) / 1e6);
    context.out().flush();
    return 0;
  }

  /** Replaces a page that exists; nothing is there until all is. */
  private static void write(Model model, Options options, List<Path> runtime) throws IOException {
    Path sampler = Files.createTempFile("sampler", ".onnx");
    Path unfinished = Path.of("%s.%d.part".formatted(options.file, ProcessHandle.current().pid()));
    try {
      Map<String, Object> facts = Arguments.facts(model, options.model);
      facts.put("inputs", model.export(sampler));
      try (Writer out = Files.newBufferedWriter(unfinished, StandardOpenOption.CREATE_NEW)) {
        fill(facts, List.of(runtime.get(0), runtime.get(1), sampler), out);
      }
      Files.move(unfinished, options.file, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      String reason = Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName());
      throw new IOException("cannot write %s: %s".formatted(options.file, reason), e);
    } finally {
      Files.deleteIfExists(unfinished);
      Files.deleteIfExists(sampler);
    }
  }

  /** What is large is compressed, and written as text. */
  private static void fill(Map<String, Object> facts, List<Path> files, Writer out)
      throws IOException {
    String[] template;
    try (InputStream in = Page.class.getResourceAsStream("page.html")) {
      template = new String(in.readAllBytes(), UTF_8).split(HOLE, -1);
    }
    String json = new String(Json.write(facts), UTF_8);
    out.write(template[0] + json.replace("<", "\\u003c")); // which ends no element of the page
    for (int i = 0; i < files.size(); i++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream compressed = new GZIPOutputStream(bytes)) {
        Files.copy(files.get(i), compressed);
      }
      out.write(template[i + 1] + Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }
    out.write(template[files.size() + 1]);
  }
}
