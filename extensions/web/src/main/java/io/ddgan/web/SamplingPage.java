package io.ddgan.web;

import io.ddgan.api.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A page that needs nothing beside itself: it holds a model, as ONNX, and what computes it in a
 * browser. What is large is compressed, and written as text.
 */
final class SamplingPage {

  /** Where the template has something else, between texts of its own. */
  private static final String HOLE = "@@";

  private SamplingPage() {}

  /**
   * Writes a page, and replaces it if it exists. Nothing is there until all is.
   *
   * @param name what the model is called
   * @param runtime a module of JavaScript, and the WebAssembly that it runs
   * @throws IOException if a file cannot be read or written; the message names it
   */
  static void write(Model model, String name, List<Path> runtime, Path file) throws IOException {
    Path folder = Files.createTempDirectory("ddgan-page");
    Path sampler = folder.resolve("sampler.onnx");
    Path unfinished = Path.of("%s.%d.part".formatted(file, ProcessHandle.current().pid()));
    try {
      String facts = facts(model, name, model.export(sampler));
      try (OutputStream out = Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW)) {
        fill(facts, List.of(runtime.get(0), runtime.get(1), sampler), out);
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      String reason = Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName());
      throw new IOException("cannot write %s: %s".formatted(file, reason), e);
    } finally {
      Files.deleteIfExists(unfinished);
      Files.deleteIfExists(sampler);
      Files.delete(folder);
    }
  }

  private static void fill(String facts, List<Path> files, OutputStream out) throws IOException {
    String[] template;
    try (InputStream in = SamplingPage.class.getResourceAsStream("page.html")) {
      template = new String(in.readAllBytes(), StandardCharsets.UTF_8).split(HOLE, -1);
    }
    text(template[0] + facts, out);
    for (int i = 0; i < files.size(); i++) {
      text(template[i + 1], out);
      compressed(files.get(i), out);
    }
    text(template[files.size() + 1], out);
  }

  private static void text(String text, OutputStream out) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** As JSON that ends no element of the page. */
  private static String facts(Model model, String name, Map<String, List<Long>> inputs)
      throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", name);
    facts.put("step", model.step());
    facts.put("evaluations", model.evaluations());
    facts.put("shape", model.shape().dimensions());
    facts.put("classes", model.classes());
    facts.put("inputs", inputs);
    return new String(Json.write(facts), StandardCharsets.UTF_8).replace("<", "\\u003c");
  }

  private static void compressed(Path file, OutputStream page) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      Files.copy(file, out);
    }
    page.write(Base64.getEncoder().encode(bytes.toByteArray()));
  }
}
