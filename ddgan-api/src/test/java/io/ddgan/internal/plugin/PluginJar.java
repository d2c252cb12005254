package io.ddgan.internal.plugin;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.apache.commons.io.FileUtils;

/** Builds a plug-in's jar from source, as a third party would. */
public final class PluginJar {

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** Stays open, because reading the class path takes longer than compiling a plug-in. */
  private static final StandardJavaFileManager CLASS_PATH = files();

  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> resources = new LinkedHashMap<>();
  private final List<Path> libraries = new ArrayList<>();

  /** Creates a jar with a plug-in that adds one constant schedule. */
  public static PluginJar withSchedule(String packageName, String name) {
    return new PluginJar()
        .source(
            packageName + ".Constant",
            """
            public record Constant(int steps, double beta) implements io.ddgan.api.NoiseSchedule {
              public double[] betas() {
                return new double[] {1e-8, beta};
              }
            }
            """)
        .plugin(
            packageName + ".ConstantPlugin",
            "",
            "contributions.add(ComponentKind.SCHEDULE, \"%s\", \"Same each step\", Constant.class);"
                .formatted(name));
  }

  /** Adds a plug-in with given components and a given end of its constructor. */
  public PluginJar plugin(String className, String constructor, String components) {
    String simpleName = className.substring(className.lastIndexOf('.') + 1);
    return source(
            className,
            """
            import io.ddgan.plugin.*;
            public final class %1$s extends DdganPlugin {
              public %1$s() { super(API_VERSION); %2$s }
              public String name() { return "%1$s"; }
              protected void contribute(Contributions contributions) { %3$s }
            }
            """
                .formatted(simpleName, constructor, components))
        .resource("META-INF/services/io.ddgan.plugin.DdganPlugin", className);
  }

  /** Adds a class. */
  public PluginJar source(String className, String text) {
    String packageName = className.substring(0, className.lastIndexOf('.'));
    sources.put(className, "package " + packageName + ";\n" + text);
    return this;
  }

  /** Adds a file. */
  public PluginJar resource(String name, String text) {
    resources.put(name, text);
    return this;
  }

  /** Compiles later classes against a library that is not in the jar. */
  public PluginJar library(Path jar) {
    libraries.add(jar);
    return this;
  }

  /** Compiles and writes the jar without some classes. */
  public Path write(Path jar, String... missingClasses) throws IOException {
    Path work = Files.createTempDirectory("plugin");
    try {
      write(jar, work, List.of(missingClasses));
      return jar;
    } finally {
      FileUtils.deleteDirectory(work.toFile());
    }
  }

  private void write(Path jar, Path work, List<String> missingClasses) throws IOException {
    compile(work);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(work)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = work.relativize(file).toString();
        if (!missingClasses.contains(name.replace('/', '.').replace(".class", ""))) {
          add(out, name, Files.readAllBytes(file));
        }
      }
      for (Map.Entry<String, String> resource : resources.entrySet()) {
        add(out, resource.getKey(), resource.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }

  private void compile(Path work) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = work.resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source.getValue()));
    }
    String classPath =
        Stream.concat(
                libraries.stream().map(Path::toString),
                Stream.of(System.getProperty("java.class.path")))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> options = List.of("-proc:none", "-d", work.toString(), "-cp", classPath);
    if (libraries.isEmpty()) {
      compile(files, options, CLASS_PATH);
    } else { // they may change before the next call
      try (StandardJavaFileManager manager = files()) {
        compile(files, options, manager);
      }
    }
  }

  private static StandardJavaFileManager files() {
    return COMPILER.getStandardFileManager(null, null, null);
  }

  /** Synchronised, because compilations share the file manager, which holds the output folder. */
  private static synchronized void compile(
      List<Path> files, List<String> options, StandardJavaFileManager manager) {
    StringWriter messages = new StringWriter();
    if (!COMPILER
        .getTask(messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
        .call()) {
      throw new IllegalStateException(messages.toString());
    }
  }
}
