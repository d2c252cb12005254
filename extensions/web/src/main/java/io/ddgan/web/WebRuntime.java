package io.ddgan.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The parts of the npm package onnxruntime-web that compute in any browser, on one thread.
 *
 * @param script a module of JavaScript
 * @param machine what the script runs, as WebAssembly
 */
record WebRuntime(Path script, Path machine) {

  /**
   * Finds them.
   *
   * @param folder the package, as npm unpacks it
   * @throws IllegalArgumentException if they are not there; the message says what to do
   */
  static WebRuntime of(Path folder) {
    WebRuntime runtime =
        new WebRuntime(
            folder.resolve("dist/ort.wasm.bundle.min.mjs"),
            folder.resolve("dist/ort-wasm-simd-threaded.wasm"));
    for (Path file : List.of(runtime.script, runtime.machine)) {
      Arguments.require(
          Files.isRegularFile(file),
          "%s is not there; get it with npm install onnxruntime-web@1, or name the package's folder with --runtime"
              .formatted(file));
    }
    return runtime;
  }
}
