package io.ddgan.cli;

import io.ddgan.internal.file.Sha256;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.file.PathUtils;

/**
 * The classes as the processes of the tests need them, read and verified once for all: each process
 * then takes two thirds of the time. The launcher keeps such an archive too. An archive is of jars
 * alone, so that folders of classes are packed.
 */
final class ClassArchive {

  private static final long PATIENCE_SECONDS = 120;
  private static final String PREFIX = "classes-";

  private final List<String> jvm;
  private final Path cache;

  /**
   * An archive.
   *
   * @param jvm the virtual machine and the options that it has in all processes
   * @param cache folder that outlives the processes
   */
  ClassArchive(List<String> jvm, Path cache) {
    this.jvm = jvm;
    this.cache = cache;
  }

  /** What an archive is of, and the option that lets a process with this class path use it. */
  record Use(String classPath, String option) {}

  /** The archive of the classes on a class path, which is made where there is none yet. */
  Use of(String classPath) throws IOException {
    synchronized (ClassArchive.class) { // as a file is locked by a process, not by its threads
      return locked(classPath);
    }
  }

  private Use locked(String classPath) throws IOException {
    Files.createDirectories(cache);
    try (FileChannel others =
        FileChannel.open(
            cache.resolve("classes.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      others.lock(); // until it is closed
      List<Path> jars = new ArrayList<>();
      StringBuilder state = new StringBuilder(System.getProperty("java.vm.version"));
      for (String entry : classPath.split(File.pathSeparator, -1)) {
        if (entry.isEmpty() || Files.notExists(Path.of(entry))) { // Surefire's ends with nothing
          continue;
        }
        Path jar = entry.endsWith(".jar") ? Path.of(entry) : packed(Path.of(entry));
        jars.add(jar);
        state.append('\n').append(jar).append(' ').append(state(jar));
      }
      String path =
          jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
      Path archive = cache.resolve(PREFIX + Sha256.of(state.toString()) + ".jsa");
      if (!Files.exists(archive)) {
        forgetAllBut(jars);
        make(archive, path);
      }
      return new Use(path, "-XX:SharedArchiveFile=" + archive);
    }
  }

  /** A jar of a folder as it is now, of the same name, which a run's provenance tells. */
  private Path packed(Path folder) throws IOException {
    String content;
    try (Stream<Path> files = Files.walk(folder)) {
      StringBuilder state = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        state.append(file).append(' ').append(state(file)).append('\n');
      }
      content = state.toString();
    }
    Path jar = cache.resolve(PREFIX + Sha256.of(content)).resolve(folder.getFileName());
    if (!Files.exists(jar)) {
      Path unfinished = cache.resolve("unfinished.jar");
      StringWriter printed = new StringWriter();
      PrintWriter both = new PrintWriter(printed);
      int exit =
          ToolProvider.findFirst("jar")
              .orElseThrow()
              .run(
                  both,
                  both,
                  "--create",
                  "--no-compress",
                  "--no-manifest", // whose content it tells, too
                  "--file=" + unfinished,
                  "-C",
                  folder.toString(),
                  ".");
      if (exit != 0) {
        throw new IOException(printed.toString());
      }
      Files.createDirectories(jar.getParent());
      Files.move(unfinished, jar, StandardCopyOption.ATOMIC_MOVE);
    }
    return jar;
  }

  private static String state(Path file) throws IOException {
    return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
  }

  /** Deletes what was made of classes that have changed since. */
  private void forgetAllBut(List<Path> jars) throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(PREFIX)
            && jars.stream().noneMatch(jar -> jar.startsWith(file))) {
          PathUtils.delete(file);
        }
      }
    }
  }

  private void make(Path archive, String classPath) throws IOException {
    Path folder = Files.createTempDirectory(cache, "archive");
    PointsExperiment.write(folder, "training.iterations = 1");
    List<String> command = new ArrayList<>(jvm);
    command.addAll(List.of("-XX:ArchiveClassesAtExit=classes.jsa", "-cp", classPath));
    command.addAll(List.of(Main.class.getName(), "train", "points.conf", "--run", "run"));
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(output.toFile()))
            .start();
    int exit =
        process
            .onExit()
            .thenApply(Process::exitValue)
            .completeOnTimeout(-1, PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
    if (exit != 0) {
      process.destroyForcibly();
      throw new IOException(String.join("\n", command) + "\n" + Files.readString(output));
    }
    Files.move(folder.resolve("classes.jsa"), archive, StandardCopyOption.ATOMIC_MOVE);
    FileUtils.deleteDirectory(folder.toFile());
  }
}
