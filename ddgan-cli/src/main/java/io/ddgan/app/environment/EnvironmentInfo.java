package io.ddgan.app.environment;

import io.ddgan.internal.file.ProcFile;
import io.ddgan.internal.file.Sha256;
import io.ddgan.internal.plugin.Jars;
import io.ddgan.internal.plugin.PluginOrigin;
import io.ddgan.internal.plugin.Plugins;
import io.ddgan.train.run.Environment;
import io.ddgan.train.run.Provenance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The environment of this process: its machine, its native library and its jars. */
public final class EnvironmentInfo {

  private static final String UNKNOWN = "unknown";

  private static final Path LINUX = Path.of("/proc/cpuinfo");

  /** Processor extensions that affect which numeric code runs. */
  private static final Pattern NUMERICAL =
      Pattern.compile("sse4_[12]|avx.*|fma|f16c|amx.*|asimd.*|sve.*|bf16|i8mm");

  private final Set<PluginOrigin> plugins;

  @Inject
  public EnvironmentInfo(Set<PluginOrigin> plugins) {
    this.plugins = plugins;
  }

  /** Describes the environment, without the data. */
  public Environment of(Backend backend) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("version", manifest(Attributes.Name.IMPLEMENTATION_VERSION));
    facts.put("revision", manifest(new Attributes.Name("Implementation-Revision")));
    facts.put("java", property("java.vm.name") + " " + property("java.vm.version"));
    facts.put("system", property("os.name") + " " + property("os.version"));
    facts.put("processor", processor());
    facts.put("instruction-sets", instructionSets());
    facts.put("backend", backend.name());
    facts.put("native-library", nativeLibrary());
    facts.put(Provenance.THREADS, backend.threads());
    facts.put("cores", backend.cores());
    facts.put("jars", jars());
    return new Environment(facts);
  }

  /** Returns the name of the processor, or of its architecture. */
  static String processor() {
    return ProcFile.fact(LINUX, "model name")
        .orElseGet(() -> System.getProperty("os.arch", UNKNOWN));
  }

  /** Returns the processor's extensions for numeric code, by Linux's names. */
  private static String instructionSets() {
    return ProcFile.fact(LINUX, "flags")
        .or(() -> ProcFile.fact(LINUX, "Features"))
        .map(
            flags ->
                Arrays.stream(flags.split(" +"))
                    .filter(flag -> NUMERICAL.matcher(flag).matches())
                    .sorted()
                    .collect(Collectors.joining(" ")))
        .orElse(UNKNOWN);
  }

  /**
   * Returns an attribute of this jar's manifest; builds outside a Git repository have a
   * placeholder.
   */
  private static String manifest(Attributes.Name name) throws IOException {
    URL own = EnvironmentInfo.class.getResource("EnvironmentInfo.class");
    String value =
        own.openConnection() instanceof JarURLConnection jar
            ? jar.getMainAttributes().getValue(name)
            : null;
    return value == null || value.isBlank() || value.startsWith("${") ? UNKNOWN : value;
  }

  /** Describes the backend's native library, of which a platform has several builds. */
  private static Map<String, Object> nativeLibrary() {
    NativeOps library = NativeOpsHolder.getInstance().getDeviceNativeOps();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("classifier", classifier());
    facts.put(
        "build",
        String.join(", ", library.buildInfo().strip().lines().map(String::strip).toList()));
    facts.put("instruction-level", library.binaryLevel());
    return facts;
  }

  /** Returns the classifier of the library's jar, by the library's folder. */
  private static String classifier() {
    return Loader.getLoadedLibraries().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("jnind4j"))
        .map(entry -> Path.of(entry.getValue()).getParent().getFileName().toString())
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static String property(String name) {
    return System.getProperty(name, UNKNOWN);
  }

  private Map<String, Object> jars() throws IOException {
    List<PluginOrigin> origins = new ArrayList<>();
    Jars.place(Plugins.class).ifPresent(jar -> origins.add(new PluginOrigin("ddgan-api", jar)));
    origins.addAll(plugins);
    Map<String, Object> read = new LinkedHashMap<>();
    for (PluginOrigin origin : origins) {
      Path jar = origin.place();
      String file = jar.getFileName().toString();
      String name = read.containsKey(origin.name()) ? origin.name() + " in " + file : origin.name();
      read.put(
          name,
          Map.of("file", file, "content", Files.isDirectory(jar) ? "classes" : Sha256.of(jar)));
    }
    return read;
  }
}
