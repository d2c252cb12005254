package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that sample a model. Browsers are tested if the npm package is available. */
@Tag("slow")
class PageCommandTest extends CommandTest {

  private static final String POINTS =
      Path.of("src/main/dist/models/gaussians-25").toAbsolutePath().toString();
  private static final String SCRIPT = "export const answer = '</script>';";
  private static final byte[] MACHINE = {0, 97, 115, 109, -1};

  @TempDir Path folder;

  @BeforeEach
  void standInForTheRuntime() throws IOException {
    Files.createDirectories(folder.resolve("runtime/dist"));
    Files.writeString(folder.resolve("runtime/dist/ort.wasm.bundle.min.mjs"), SCRIPT);
    Files.write(folder.resolve("runtime/dist/ort-wasm-simd-threaded.wasm"), MACHINE);
  }

  @Test
  void pageContainsTheModelAndTheRuntime() throws IOException {
    Path page = folder.resolve("points.html");
    Path onnx = folder.resolve("points.onnx");
    call("page", POINTS, "--out", page.toString(), "--runtime", runtime());
    call("export", POINTS, "--out", onnx.toString());
    String text = Files.readString(page);
    assertArrayEquals(Files.readAllBytes(onnx), held(text, "model"));
    assertEquals(SCRIPT, new String(held(text, "script"), StandardCharsets.UTF_8));
    assertArrayEquals(MACHINE, held(text, "machine"));
    assertTrue(text.contains("\"start\":[-1,2]"), "what it is given");
    assertFalse(text.contains("@@"));
  }

  @Test
  void missingRuntimeIsReportedWithItsSource() throws IOException {
    Path page = folder.resolve("points.html");
    assertEquals(1, run("page", POINTS, "--out", page.toString(), "--runtime", "nowhere"));
    assertTrue(said().contains("npm install onnxruntime-web"), said());
    assertFalse(Files.exists(page));
  }

  @Test
  void invalidTargetsOfAPageAreRefused() {
    assertEquals(1, run("page", POINTS, "--out", folder.resolve("points.onnx").toString()));
    assertTrue(said().contains("FILE.html"), said());
    assertEquals(1, run("page", POINTS, "--out", folder.resolve("none/points.html").toString()));
    assertTrue(said().contains("is not a folder"), said());
  }

  private String runtime() {
    return folder.resolve("runtime").toString();
  }

  private String said() {
    return err.toString();
  }

  private static byte[] held(String page, String id) throws IOException {
    String before = "<script type=\"text/plain\" id=\"%s\">".formatted(id);
    int from = page.indexOf(before) + before.length();
    byte[] compressed = Base64.getDecoder().decode(page.substring(from, page.indexOf('<', from)));
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    }
  }
}
