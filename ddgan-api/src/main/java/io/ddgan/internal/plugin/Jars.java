package io.ddgan.internal.plugin;

import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** Finds the jars that classes were loaded from. */
public final class Jars {

  private Jars() {}

  /** Returns the jar or folder that a class was loaded from, if it is a file. */
  public static Optional<Path> place(Class<?> type) {
    return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation)
        .filter(location -> location.getProtocol().equals("file"))
        .map(location -> Path.of(URI.create(location.toString())));
  }

  /** Returns the file name of the jar or folder that a class was loaded from. */
  static String of(Class<?> type) {
    return place(type).map(jar -> jar.getFileName().toString()).orElse("the Java platform");
  }
}
