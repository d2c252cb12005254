package io.ddgan.web;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** {@code ddgan page}: writes a single file that samples a model in any browser. */
@CommandLine.Command(name = "page", sortOptions = false)
final class Page extends WebCommand {

  /** The template's placeholder. */
  private static final String HOLE = "@@";

  @Parameters(
      paramLabel = "RUN|MODEL",
      description = "Folder of a run, or the name of a model (see ddgan models).")
  private Path model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.html",
      description = "Write the page to this file, replacing it if it exists.")
  private Path file;

  @Option(
      names = "--runtime",
      paramLabel = "FOLDER",
      defaultValue = "node_modules/onnxruntime-web",
      description =
          "Folder of the npm package onnxruntime-web, which is embedded (default: ${DEFAULT-VALUE},"
              + " created by npm install onnxruntime-web@1).")
  private Path runtime;

  @Override
  void run(CommandContext context) throws IOException {
    String name = file.toString().toLowerCase(Locale.ROOT);
    require(name.endsWith(".html"), "--out must be a page, FILE.html");
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
    require(
        Files.isDirectory(folder),
        "%s, the folder of --out, is not a folder; create it".formatted(folder));
    List<Path> parts =
        Stream.of("ort.wasm.bundle.min.mjs", "ort-wasm-simd-threaded.wasm")
            .map(runtime.resolve("dist")::resolve)
            .toList();
    for (Path part : parts) {
      require(
          Files.isRegularFile(part),
          "%s: no such file; run npm install onnxruntime-web@1, or set --runtime to the package's folder"
              .formatted(part));
    }
    try (Model loaded = context.model(model, Optional.of(1))) {
      write(loaded, parts);
    }
    context
        .out()
        .printf(
            "wrote %s (%.1f MB), which samples in any browser, even offline%n",
            file, Files.size(file) / 1e6);
    context.out().flush();
  }

  /** Writes the page atomically, replacing an existing one. */
  private void write(Model loaded, List<Path> parts) throws IOException {
    Path sampler = Files.createTempFile("sampler", ".onnx");
    Path unfinished = Path.of("%s.%d.part".formatted(file, ProcessHandle.current().pid()));
    try {
      Map<String, Object> all = facts(loaded, model);
      all.put("inputs", loaded.export(sampler));
      try (Writer out = Files.newBufferedWriter(unfinished, StandardOpenOption.CREATE_NEW)) {
        fill(all, List.of(parts.get(0), parts.get(1), sampler), out);
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      String reason = Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName());
      throw new IOException("cannot write %s: %s".formatted(file, reason), e);
    } finally {
      Files.deleteIfExists(unfinished);
      Files.deleteIfExists(sampler);
    }
  }

  /** Fills the template; large files are compressed and base64-encoded. */
  private static void fill(Map<String, Object> facts, List<Path> files, Writer out)
      throws IOException {
    String[] template;
    try (InputStream in = Page.class.getResourceAsStream("page.html")) {
      template = new String(in.readAllBytes(), UTF_8).split(HOLE, -1);
    }
    String json = new String(Json.write(facts), UTF_8);
    out.write(template[0] + json.replace("<", "\\u003c")); // so it cannot close the element
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
