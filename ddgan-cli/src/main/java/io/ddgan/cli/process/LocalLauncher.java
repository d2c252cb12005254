package io.ddgan.cli.process;

import io.ddgan.api.TrialLauncher;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs trials on this machine, each in a virtual machine of its own with the options of this one.
 * They end in good order when this process stops them, and when it ends, however that happens.
 */
public record LocalLauncher() implements TrialLauncher {

  /** Properties that the ddgan script or a test sets, in whatever way. */
  private static final List<String> PROPERTIES =
      List.of(
          "ddgan.plugins",
          "ddgan.cache",
          "ddgan.command",
          "guice_bytecode_gen_option",
          "java.awt.headless",
          "java.util.logging.config.file",
          "org.bytedeco.javacpp.maxphysicalbytes");

  private static final double HEAP_PERCENTAGE = 25;

  @Override
  public Handle launch(Request trial) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options(trial.resources()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.ddgan.cli.Main"));
    command.addAll(trial.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(trial.log().toFile()));
    adapt(builder.environment(), trial.resources());
    return new Child(builder.start());
  }

  private static List<String> options(Resources resources) {
    List<String> options = new ArrayList<>();
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-X") || option.startsWith("--add-"))
        .forEach(options::add);
    options.add("-XX:MaxRAMPercentage=" + HEAP_PERCENTAGE / resources.atOnce());
    options.add("-D" + Lifeline.PROPERTY + "=true");
    for (String name : PROPERTIES) {
      String value = System.getProperty(name);
      if (value != null) {
        options.add("-D" + name + "=" + value);
      }
    }
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
