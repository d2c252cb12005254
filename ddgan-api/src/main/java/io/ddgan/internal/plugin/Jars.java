package io.ddgan.internal.plugin;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** The jars that classes and resources come from, and short names of them for people. */
public final class Jars {

  private Jars() {}

  /** The jar, or the folder, that a class was loaded from, if it is a file. */
  public static Optional<Path> place(Class<?> type) {
    return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation)
        .filter(location -> location.getProtocol().equals("file"))
        .map(location -> Path.of(URI.create(location.toString())));
  }

  /** File name of the jar, or path of the folder, that a class was loaded from. */
  static String of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null ? "the Java platform" : name(source.getLocation().toString());
  }

  /** File name of the jar, or path of the folder, that holds a resource. */
  static String holding(URL resource, String name) {
    String url = resource.toString();
    String root = url.substring(0, url.length() - name.length());
    return name(root.replaceFirst("^jar:", "").replaceFirst("!/$", ""));
  }

  private static String name(String url) {
    if (!url.startsWith("file:")) {
      return url;
    }
    Path path = Path.of(URI.create(url));
    return url.endsWith("/") ? path.toString() : path.getFileName().toString();
  }
}
