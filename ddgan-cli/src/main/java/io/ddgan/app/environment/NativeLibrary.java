package io.ddgan.app.environment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The file of machine code behind the backend, of which there are several for a platform. */
final class NativeLibrary {

  private static final String PREFIX = "jnind4j";

  private NativeLibrary() {}

  /** What it says about itself, once it has been loaded. */
  static Map<String, Object> facts() {
    NativeOps library = NativeOpsHolder.getInstance().getDeviceNativeOps();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("classifier", classifier());
    facts.put(
        "build",
        String.join(", ", library.buildInfo().strip().lines().map(String::strip).toList()));
    facts.put("instruction-level", library.binaryLevel());
    return facts;
  }

  /** The folder that the library lies in is named as its jar's classifier is. */
  private static String classifier() {
    return Loader.getLoadedLibraries().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(PREFIX))
        .map(entry -> Path.of(entry.getValue()).getParent().getFileName().toString())
        .findFirst()
        .orElse("unknown");
  }
}
