package io.ddgan.cli;

import io.ddgan.file.Sha256;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/**
 * The libraries' classes as the processes of the tests need them, read and verified once for all:
 * each process then starts in two thirds of the time. The launcher keeps such an archive too.
 */
final class ClassArchive {

  private static final long PATIENCE_SECONDS = 120;

  private final List<String> jvm;
  private final String classPath;

  /**
   * An archive.
   *
   * @param jvm the virtual machine and the options that it has in all processes
   * @param classPath jars, and after them folders, whose classes no archive can hold
   */
  ClassArchive(List<String> jvm, String classPath) {
    this.jvm = jvm;
    this.classPath = classPath;
  }

  /**
   * The option that lets a process use the archive, which is made where there is none yet.
   *
   * @param cache folder that outlives the process
   */
  String option(Path cache) throws IOException {
    StringBuilder libraries = new StringBuilder(System.getProperty("java.vm.version"));
    for (Path jar : jars()) {
      libraries.append("\n%s %d".formatted(jar, Files.getLastModifiedTime(jar).toMillis()));
    }
    Files.createDirectories(cache);
    Path archive = cache.resolve("classes-" + Sha256.of(libraries.toString()) + ".jsa");
    try (FileChannel others =
        FileChannel.open(
            cache.resolve("classes.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      others.lock(); // until it is closed
      if (!Files.exists(archive)) {
        make(archive);
      }
    }
    return "-XX:SharedArchiveFile=" + archive;
  }

  private void make(Path archive) throws IOException {
    Path folder = Files.createTempDirectory(archive.getParent(), "classes");
    PointsExperiment.write(folder, "training.iterations = 1");
    String libraries =
        String.join(File.pathSeparator, jars().stream().map(Path::toString).toList());
    String names = "classes.txt";
    run(
        folder,
        List.of("-XX:DumpLoadedClassList=" + names, "-cp", classPath, Main.class.getName()),
        List.of("train", "points.conf", "--run", "run"));
    run(
        folder,
        List.of("-Xshare:dump", "-XX:SharedClassListFile=" + names),
        List.of("-XX:SharedArchiveFile=classes.jsa", "-cp", libraries));
    Files.move(folder.resolve("classes.jsa"), archive, StandardCopyOption.ATOMIC_MOVE);
    FileUtils.deleteDirectory(folder.toFile());
  }

  private void run(Path folder, List<String> options, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(jvm);
    command.addAll(options);
    command.addAll(arguments);
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
  }

  private List<Path> jars() {
    List<Path> jars = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (entry.endsWith(".jar")) {
        jars.add(Path.of(entry));
      }
    }
    return jars;
  }
}
