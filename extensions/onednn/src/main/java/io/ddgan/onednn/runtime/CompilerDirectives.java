package io.ddgan.onednn.runtime;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Keeps the JIT compiler from inlining vector loops: in a large method it allocates vectors on the
 * heap, which is many times slower.
 */
public final class CompilerDirectives {

  private static final String DIRECTIVES =
      """
      [{
        match: "*.*",
        inline: [
          "-io/ddgan/onednn/winograd/WinogradTransforms.*Columns",
          "-io/ddgan/onednn/winograd/TilesOf4.*Columns",
          "-io/ddgan/onednn/winograd/TilesOf4.*Rows",
          "-io/ddgan/onednn/runtime/VectorLoops.*Lanes",
          "-io/ddgan/onednn/product/FilterTaps.*Lanes",
          "-io/ddgan/onednn/elementwise/CompiledLoop*.*Lanes",
          "-io/ddgan/onednn/elementwise/Exponential.*Lanes"
        ]
      }]
      """;

  private CompilerDirectives() {}

  /** Adds the directives for all later compilations. JVMs without support are slower. */
  public static void add() {
    try {
      Path file = Files.createTempFile("ddgan", ".json");
      try {
        Files.writeString(file, DIRECTIVES);
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "compilerDirectivesAdd",
                new Object[] {new String[] {file.toString()}},
                new String[] {String[].class.getName()});
      } finally {
        Files.delete(file);
      }
    } catch (IOException | JMException e) {
      System.getLogger(CompilerDirectives.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot add compiler directives; kernels are slower", e);
    }
  }
}
