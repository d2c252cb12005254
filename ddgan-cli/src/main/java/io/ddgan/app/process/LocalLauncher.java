package io.ddgan.app.process;

import io.ddgan.api.TrialLauncher;
import io.ddgan.app.environment.Places;
import io.ddgan.app.models.Models;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs trials on this machine, each in a virtual machine of its own with the options of this one.
 * They end in good order when this process stops them, and when it ends, however that happens.
 */
public record LocalLauncher() implements TrialLauncher {

  private static final String PLUGINS = Places.PLUGINS_PROPERTY;
  private static final String LOGGING = "java.util.logging.config.file";
  private static final String ARCHIVE = "-XX:SharedArchiveFile=";

  /** Properties that the ddgan script or a test sets, in whatever way. */
  private static final List<String> PROPERTIES =
      List.of(
          PLUGINS,
          Places.CACHE_PROPERTY,
          Invocation.PROPERTY,
          "guice_bytecode_gen_option",
          "java.awt.headless",
          "java.io.tmpdir",
          LOGGING,
          "org.bytedeco.javacpp.maxphysicalbytes",
          "sun.misc.unsafe.memory.access",
          "user.home");

  private static final double HEAP_PERCENTAGE = 25;

  @Override
  public Handle launch(Request trial) throws IOException {
    return launch(trial, Program.here());
  }

  /** Trials of a sweep start from the program as it is now, whatever a build does meanwhile. */
  @Override
  public Session open(Path folder) throws IOException {
    ProgramCopy copy = ProgramCopy.in(folder);
    Program program = Program.here().from(copy);
    return new Session() {

      @Override
      public Handle launch(Request trial) throws IOException {
        return LocalLauncher.launch(trial, program);
      }

      @Override
      public void close() throws IOException {
        copy.close();
      }
    };
  }

  private static Handle launch(Request trial, Program program) throws IOException {
    ProcessBuilder builder =
        command(trial.arguments(), trial.resources(), program)
            .redirectOutput(Redirect.appendTo(trial.log().toFile()));
    return new Child(builder.start());
  }

  /** Starts a command whose output is read by this process. */
  static Process start(List<String> arguments, Resources resources) throws IOException {
    return command(arguments, resources, Program.here()).start();
  }

  private static ProcessBuilder command(
      List<String> arguments, Resources resources, Program program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(program.options());
    command.add("-XX:MaxRAMPercentage=" + HEAP_PERCENTAGE / resources.atOnce());
    command.add("-D" + Lifeline.PROPERTY + "=true");
    program.properties().forEach((name, value) -> command.add("-D%s=%s".formatted(name, value)));
    command.addAll(List.of("-cp", program.classPath(), "io.ddgan.cli.Main"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    adapt(builder.environment(), resources);
    return builder;
  }

  /**
   * What a virtual machine needs to run ddgan.
   *
   * @param options the machine's own, but no properties
   */
  private record Program(String classPath, List<String> options, Map<String, String> properties) {

    /** As this process runs it. */
    static Program here() {
      List<String> options =
          ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
              .filter(option -> option.startsWith("-X") || option.startsWith("--add-"))
              .toList();
      Map<String, String> properties = new LinkedHashMap<>();
      for (String name : PROPERTIES) {
        Optional.ofNullable(System.getProperty(name))
            .ifPresent(value -> properties.put(name, value));
      }
      Models.ofDistribution() // which may be known by where the jars are, and these are copied
          .folder()
          .ifPresent(models -> properties.put(Models.PROPERTY, models.toAbsolutePath().toString()));
      return new Program(System.getProperty("java.class.path"), options, properties);
    }

    /** The same with its files in a copy. */
    Program from(ProgramCopy copy) throws IOException {
      String copied = copy.classPath(classPath);
      List<String> moved = new ArrayList<>();
      for (String option : options) {
        if (!option.startsWith(ARCHIVE)) {
          moved.add(option);
          continue;
        }
        Path archive = Path.of(option.substring(ARCHIVE.length()));
        if (copy.isOfLinks() && Files.exists(archive)) { // it is of these very files alone
          moved.add(ARCHIVE + copy.file(archive));
        }
      }
      Map<String, String> places = new LinkedHashMap<>(properties);
      if (places.containsKey(PLUGINS) && Files.isDirectory(Path.of(places.get(PLUGINS)))) {
        places.put(PLUGINS, copy.files(Path.of(places.get(PLUGINS))).toString());
      }
      if (places.containsKey(LOGGING)) {
        places.put(LOGGING, copy.file(Path.of(places.get(LOGGING))).toString());
      }
      return new Program(copied, moved, places);
    }
  }

  private static void adapt(Map<String, String> environment, Resources resources) {
    environment.putAll(resources.environment());
    if (resources.atOnce() > 1) { // each would bind its threads to the same cores
      environment.put("OMP_PROC_BIND", "false");
      environment.remove("OMP_PLACES");
    }
  }
}
