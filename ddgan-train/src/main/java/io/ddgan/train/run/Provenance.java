package io.ddgan.train.run;

import io.ddgan.file.AtomicFile;
import io.ddgan.file.FileErrors;
import io.ddgan.file.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.stream.Stream;

/**
 * Where a run comes from: all that its results may depend on.
 *
 * @param facts value by name
 */
public record Provenance(Map<String, Object> facts) {

  private static final String UNKNOWN = "unknown";

  /**
   * Describes this process and the machine it runs on.
   *
   * @param experiment the resolved configuration
   * @param seed the run's seed
   * @param backend name of the backend that computes
   * @param threads number of threads that it computes with
   * @param cores number of cores that this process may use
   */
  public static Provenance of(
      String experiment, long seed, String backend, int threads, int cores) {
    Optional<Attributes> build = build();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("configuration-sha256", sha256(experiment));
    facts.put("seed", seed);
    facts.put("version", attribute(build, Attributes.Name.IMPLEMENTATION_VERSION));
    facts.put("revision", attribute(build, new Attributes.Name("Implementation-Revision")));
    facts.put("backend", backend);
    facts.put("threads", threads);
    facts.put("java", property("java.vm.name") + " " + property("java.vm.version"));
    facts.put("system", property("os.name") + " " + property("os.version"));
    facts.put("processor", processor());
    facts.put("cores", cores);
    return new Provenance(facts);
  }

  /** One more fact. */
  public Provenance with(String name, String fact) {
    Map<String, Object> more = new LinkedHashMap<>(facts);
    more.put(name, fact);
    return new Provenance(more);
  }

  /**
   * The SHA-256 of a file, as hexadecimal digits.
   *
   * @throws IOException if it cannot be read
   */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Writes the facts as JSON.
   *
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, out -> out.write(Json.pretty(facts).getBytes(StandardCharsets.UTF_8)));
  }

  private static String property(String name) {
    return System.getProperty(name, UNKNOWN);
  }

  private static String attribute(Optional<Attributes> build, Attributes.Name name) {
    return build.map(attributes -> attributes.getValue(name)).orElse(UNKNOWN);
  }

  /** The manifest of the jar that this class comes from, if it comes from one. */
  private static Optional<Attributes> build() {
    URL url = Provenance.class.getResource("Provenance.class");
    try {
      URLConnection connection = url.openConnection();
      return connection instanceof JarURLConnection jar
          ? Optional.ofNullable(jar.getMainAttributes())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Name of the machine's processor. */
  public static String processor() {
    Path linux = Path.of("/proc/cpuinfo");
    if (Files.isReadable(linux)) {
      try (Stream<String> lines = Files.lines(linux)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .findFirst()
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .orElse(property("os.arch"));
      } catch (IOException e) {
        return property("os.arch");
      }
    }
    return property("os.arch");
  }

  private static String sha256(String text) {
    return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
