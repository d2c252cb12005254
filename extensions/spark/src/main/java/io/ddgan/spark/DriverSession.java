package io.ddgan.spark;

import io.ddgan.api.ProcessLauncher.Handle;
import io.ddgan.api.ProcessLauncher.Request;
import io.ddgan.api.ProcessLauncher.Session;
import io.ddgan.spark.job.TrialSpec;
import io.ddgan.spark.job.TrialsJob;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.io.FileUtils;

/** Launches the trials of a sweep through a driver, which starts with the first one. */
final class DriverSession implements Session {

  private final SparkLauncher settings;
  private final Path folder;
  private Optional<Driver> driver = Optional.empty();
  private final Set<Path> folders = new HashSet<>();

  /** The driver's messages about ended trials, by their names. */
  private final Map<String, List<String>> endings = new HashMap<>();

  /**
   * Creates a session.
   *
   * @param folder folder for the driver's files
   */
  DriverSession(SparkLauncher settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  @Override
  public Handle launch(Request trial) throws IOException {
    if (!folders.add(trial.folder()) && settings.store().isPresent()) {
      throw new IOException(
          "launcher.store does not support training one run with several processes; remove it");
    }
    if (driver.isEmpty()) {
      Files.createDirectories(folder);
      List<String> command = settings.submission(jar(), trial.resources().threads(), folder, id());
      driver = Optional.of(Driver.start(command, folder.resolve("spark.log")));
    }
    driver.get().send(TrialsJob.LAUNCH, spec(trial).text());
    endings.remove(trial.name()); // of an earlier command on the same run
    return new Task(trial.name(), trial.folder());
  }

  private TrialSpec spec(Request trial) {
    List<String> command = new ArrayList<>();
    command.add(settings.ddganPath().orElse(trial.program()));
    Path run = trial.folder().toAbsolutePath();
    for (String word : trial.arguments()) {
      command.add(TrialSpec.moved(word, trial.folder().toString(), run.toString()));
    }
    List<String> environment = new ArrayList<>();
    trial.resources().environment().forEach((name, value) -> environment.add(name + "=" + value));
    return new TrialSpec(
        trial.name(),
        Path.of("").toAbsolutePath().toString(),
        run.toString(),
        trial.log().toAbsolutePath().toString(),
        environment,
        command);
  }

  /** Returns the sweep's id in the store, kept as long as copies of its trials may be there. */
  private String id() throws IOException {
    Path file = folder.resolve("store-id");
    if (!Files.exists(file)) {
      Files.writeString(file, UUID.randomUUID().toString());
    }
    return Files.readString(file);
  }

  /** Returns the jar of this class, for Spark to run. */
  private static Path jar() throws IOException {
    try {
      return Path.of(
          DriverSession.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("the plug-in of the launcher spark must be a jar file", e);
    }
  }

  /** A trial that runs as a Spark task. */
  private final class Task implements Handle {

    private final String name;
    private final Path run;

    Task(String name, Path run) {
      this.name = name;
      this.run = run;
    }

    @Override
    public boolean isActive() throws IOException {
      receive();
      return !endings.containsKey(name);
    }

    @Override
    public OptionalInt exitCode() {
      String code = endings.get(name).get(2);
      return code.equals(TrialsJob.UNKNOWN)
          ? OptionalInt.empty()
          : OptionalInt.of(Integer.parseInt(code));
    }

    @Override
    public Optional<String> reason() {
      return Optional.of(endings.get(name).get(3)).filter(reason -> !reason.isEmpty());
    }

    @Override
    public void stop() {
      driver.orElseThrow().send(TrialsJob.STOP, name);
    }

    /** Forgets the trial, which saves and ends at the latest when the session is closed. */
    @Override
    public void close() {
      folders.remove(run);
    }
  }

  private void receive() throws IOException {
    for (List<String> words : driver.orElseThrow().receive()) {
      switch (words.get(0)) {
        case TrialsJob.ENDED -> endings.put(words.get(1), words);
        case TrialsJob.REFUSED -> throw new IOException("Spark cannot run trials: " + words.get(1));
        default -> {} // printed by Spark itself
      }
    }
  }

  /** Ends the driver. Keeps its log if it did not end successfully. */
  @Override
  public void close() throws IOException {
    if (driver.isPresent() && driver.get().end()) {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }
}
