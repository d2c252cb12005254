package io.ddgan.app.environment;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.Optional;
import java.util.jar.Attributes;

/** What the build wrote into the manifest of the jar that this class comes from. */
final class Build {

  static final String UNKNOWN = "unknown";

  /** What may stay in the manifest of a build outside of a Git repository, if not an empty text. */
  private static final String NOT_REPLACED = "${";

  private Build() {}

  static String version() {
    return attribute(Attributes.Name.IMPLEMENTATION_VERSION);
  }

  /** The Git revision of the sources; ends in {@code -dirty} if they were changed since. */
  static String revision() {
    return attribute(new Attributes.Name("Implementation-Revision"));
  }

  private static String attribute(Attributes.Name name) {
    return manifest()
        .map(attributes -> attributes.getValue(name))
        .filter(value -> !value.isBlank() && !value.startsWith(NOT_REPLACED))
        .orElse(UNKNOWN);
  }

  private static Optional<Attributes> manifest() {
    URL url = Build.class.getResource("Build.class");
    try {
      URLConnection connection = url.openConnection();
      return connection instanceof JarURLConnection jar
          ? Optional.ofNullable(jar.getMainAttributes())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
