package io.ddgan.app.process;

import io.ddgan.api.ProcessLauncher;
import io.ddgan.app.environment.AppFolders;
import io.ddgan.app.models.Models;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs commands on this machine, each in a Java virtual machine with the options of this one. They
 * save and end when this process stops them or ends in any way.
 */
public record LocalLauncher() implements ProcessLauncher {

  private static final String CLASS_PATH = "java.class.path";
  private static final String PLUGINS = AppFolders.PLUGINS_PROPERTY;

  /** Properties that tests set at run time, not on the command line. */
  private static final List<String> SET_LATER =
      List.of("ddgan.", "org.bytedeco.", "guice_", "java.util.logging.");

  private static final double HEAP_PERCENTAGE = 25;
  private static final Duration TO_SAVE = Duration.ofMinutes(15);
  private static final Duration TO_CLOSE = Duration.ofMinutes(1);

  @Override
  public Handle launch(Request trial) throws IOException {
    return start(trial, List.of("-cp", System.getProperty(CLASS_PATH)));
  }

  /** Starts trials from a snapshot of the program, unaffected by builds. */
  @Override
  public Session open(Path folder) throws IOException {
    ProgramSnapshot pinned = ProgramSnapshot.in(folder);
    List<String> program =
        new ArrayList<>(List.of("-cp", pinned.classPath(System.getProperty(CLASS_PATH))));
    String plugins = System.getProperty(PLUGINS);
    if (plugins != null && Files.isDirectory(Path.of(plugins))) {
      program.add(property(PLUGINS, pinned.plugins(Path.of(plugins)).toString()));
    }
    return new Session() {
      @Override
      public Handle launch(Request trial) throws IOException {
        return start(trial, program);
      }

      @Override
      public void close() throws IOException {
        pinned.close();
      }
    };
  }

  private static Handle start(Request trial, List<String> program) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:MaxRAMPercentage=" + HEAP_PERCENTAGE / trial.resources().concurrentTrials());
    command.addAll(options());
    command.addAll(program);
    command.add("io.ddgan.cli.Main");
    command.addAll(trial.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(trial.log().toFile()));
    builder.environment().putAll(trial.resources().environment());
    if (trial.resources().concurrentTrials()
        > 1) { // otherwise each would bind its threads to the same cores
      builder.environment().put("OMP_PROC_BIND", "false");
      builder.environment().remove("OMP_PLACES");
    }
    return new LocalProcess(builder.start(), TO_SAVE, TO_CLOSE);
  }

  /** Returns the options of this virtual machine, without the class path. */
  private static List<String> options() {
    List<String> words =
        new ArrayList<>(
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-agent") && !option.startsWith("-javaagent"))
                .filter(option -> !option.startsWith("-XX:MaxRAMPercentage="))
                .toList());
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> SET_LATER.stream().anyMatch(name::startsWith))
        .sorted()
        .forEach(name -> words.add(property(name, System.getProperty(name))));
    words.add(property(LocalProcess.LIFELINE, "true"));
    Models.ofDistribution() // which may be known by where the jars are, and these are linked
        .folder()
        .ifPresent(models -> words.add(property(Models.PROPERTY, models.toAbsolutePath() + "")));
    return words;
  }

  private static String property(String name, String value) {
    return "-D%s=%s".formatted(name, value);
  }
}
