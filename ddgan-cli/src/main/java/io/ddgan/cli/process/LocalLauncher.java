package io.ddgan.cli.process;

import io.ddgan.api.TrialLauncher;
import io.ddgan.cli.models.Models;
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

  private static final String PLUGINS = "ddgan.plugins";
  private static final String LOGGING = "java.util.logging.config.file";
  private static final String ARCHIVE = "-XX:SharedArchiveFile=";

  /** Properties that the ddgan script or a test sets, in whatever way. */
  private static final List<String> PROPERTIES =
      List.of(
          PLUGINS,
          "ddgan.cache",
          "ddgan.command",
          Models.PROPERTY,
          "guice_bytecode_gen_option",
          "java.awt.headless",
          "java.io.tmpdir",
          LOGGING,
          "org.bytedeco.javacpp.maxphysicalbytes",
          "user.home");

  private static final double HEAP_PERCENTAGE = 25;

  @Override
  public Handle launch(Request trial) throws IOException {
    return launch(trial, System.getProperty("java.class.path"), properties());
  }

  /** Trials of a sweep start from the program as it is now, whatever a build does meanwhile. */
  @Override
  public Session open(Path folder) throws IOException {
    ProgramCopy copy = ProgramCopy.in(folder);
    String classPath = copy.classPath(System.getProperty("java.class.path"));
    Map<String, String> properties = properties();
    if (properties.containsKey(PLUGINS) && Files.isDirectory(Path.of(properties.get(PLUGINS)))) {
      properties.put(PLUGINS, copy.files(Path.of(properties.get(PLUGINS))).toString());
    }
    if (properties.containsKey(LOGGING)) {
      properties.put(LOGGING, copy.file(Path.of(properties.get(LOGGING))).toString());
    }
    return new Session() {

      @Override
      public Handle launch(Request trial) throws IOException {
        return LocalLauncher.launch(trial, classPath, properties);
      }

      @Override
      public void close() throws IOException {
        copy.close();
      }
    };
  }

  private static Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String name : PROPERTIES) {
      Optional.ofNullable(System.getProperty(name)).ifPresent(value -> properties.put(name, value));
    }
    return properties;
  }

  private static Handle launch(Request trial, String classPath, Map<String, String> properties)
      throws IOException {
    ProcessBuilder builder =
        command(trial.arguments(), trial.resources(), classPath, properties)
            .redirectOutput(Redirect.appendTo(trial.log().toFile()));
    return new Child(builder.start());
  }

  /** Starts a command whose output is read by this process. */
  static Process start(List<String> arguments, Resources resources) throws IOException {
    return command(arguments, resources, System.getProperty("java.class.path"), properties())
        .start();
  }

  private static ProcessBuilder command(
      List<String> arguments,
      Resources resources,
      String classPath,
      Map<String, String> properties) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options(resources, classPath));
    properties.forEach((name, value) -> command.add("-D%s=%s".formatted(name, value)));
    command.addAll(List.of("-cp", classPath, "io.ddgan.cli.Main"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    adapt(builder.environment(), resources);
    return builder;
  }

  private static List<String> options(Resources resources, String classPath) {
    List<String> options = new ArrayList<>();
    boolean isSame = classPath.equals(System.getProperty("java.class.path"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-X") || option.startsWith("--add-"))
        .filter(option -> isSame || !option.startsWith(ARCHIVE)) // it is of that class path alone
        .forEach(options::add);
    options.add("-XX:MaxRAMPercentage=" + HEAP_PERCENTAGE / resources.atOnce());
    options.add("-D" + Lifeline.PROPERTY + "=true");
    return options;
  }

  private static void adapt(Map<String, String> environment, Resources resources) {
    environment.putAll(resources.environment());
    if (resources.atOnce() > 1) { // each would bind its threads to the same cores
      environment.put("OMP_PROC_BIND", "false");
      environment.remove("OMP_PLACES");
    }
  }
}
