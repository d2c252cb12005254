package io.ddgan.web;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ddgan.api.Model;
import java.io.FilterOutputStream;
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

  private static final JsonMapper JSON = new JsonMapper();

  private SamplingPage() {}

  /**
   * Writes a page, and replaces it if it exists.
   *
   * @param name what the model is called
   * @throws IOException if a file cannot be read or written; the message names it
   */
  static void write(Model model, String name, WebRuntime runtime, Path file) throws IOException {
    Path folder = Files.createTempDirectory("ddgan-page");
    Path sampler = folder.resolve("sampler.onnx");
    try {
      Map<String, List<Long>> inputs = model.export(sampler);
      write(facts(model, name, inputs), runtime, sampler, file);
    } finally {
      Files.deleteIfExists(sampler);
      Files.delete(folder);
    }
  }

  /** Nothing is there until all is. */
  private static void write(String facts, WebRuntime runtime, Path sampler, Path file)
      throws IOException {
    Path unfinished = Path.of("%s.%d.part".formatted(file, ProcessHandle.current().pid()));
    try {
      try (OutputStream out = Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW)) {
        fill(facts, runtime, sampler, out);
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      throw new IOException("cannot write %s: %s".formatted(file, reason(e)), e);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void fill(String facts, WebRuntime runtime, Path sampler, OutputStream out)
      throws IOException {
    String[] template = template().split(HOLE, -1);
    text(template[0], out);
    text(facts, out);
    text(template[1], out);
    compressed(runtime.script(), out);
    text(template[2], out);
    compressed(runtime.machine(), out);
    text(template[3], out);
    compressed(sampler, out);
    text(template[4], out);
  }

  private static String reason(FileSystemException e) {
    return Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName());
  }

  private static String template() throws IOException {
    try (InputStream in = SamplingPage.class.getResourceAsStream("page.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
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
    return JSON.writeValueAsString(facts).replace("<", "\\u003c");
  }

  private static void compressed(Path file, OutputStream page) throws IOException {
    OutputStream open =
        new FilterOutputStream(page) {

          @Override
          public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
          }

          @Override
          public void close() throws IOException {
            flush(); // there is more to come
          }
        };
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = new GZIPOutputStream(Base64.getEncoder().wrap(open))) {
      in.transferTo(out);
    }
  }
}
