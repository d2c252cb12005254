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

/** Launches the trials of a sweep by a driver, which starts with the first of them. */
final class DriverSession implements Session {

  private final SparkLauncher settings;
  private final Path folder;
  private Optional<Driver> driver = Optional.empty();
  private final Set<Path> folders = new HashSet<>();

  /** How trials have ended, by their names: what the driver has said of it. */
  private final Map<String, List<String>> endings = new HashMap<>();

  /**
   * A session.
   *
   * @param folder for what the driver writes
   */
  DriverSession(SparkLauncher settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  @Override
  public Handle launch(Request trial) throws IOException {
    if (!folders.add(trial.folder()) && settings.store().isPresent()) {
      throw new IOException(
          "processes that train one run together need its folder, which executors do not see with launcher.store; leave that out");
    }
    if (driver.isEmpty()) {
      Files.createDirectories(folder);
      List<String> command = settings.submission(jar(), trial.resources().threads(), folder, id());
      driver = Optional.of(Driver.start(command, folder.resolve("spark.log")));
    }
    driver.get().tell(TrialsJob.LAUNCH, order(trial).text());
    endings.remove(trial.name()); // of an earlier command on the same run
    return new Task(trial.name(), trial.folder());
  }

  private TrialSpec order(Request trial) {
    List<String> command = new ArrayList<>();
    command.add(settings.program().orElse(trial.program()));
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

  /** What the sweep is called in a store, as long as there may be copies of its trials there. */
  private String id() throws IOException {
    Path file = folder.resolve("store-id");
    if (!Files.exists(file)) {
      Files.writeString(file, UUID.randomUUID().toString());
    }
    return Files.readString(file);
  }

  /** What this class is loaded from, which Spark is to run. */
  private static Path jar() throws IOException {
    try {
      return Path.of(
          DriverSession.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("the plug-in of the launcher spark is not in a file", e);
    }
  }

  /** A trial that is a task of Spark. */
  private final class Task implements Handle {

    private final String name;
    private final Path run;

    Task(String name, Path run) {
      this.name = name;
      this.run = run;
    }

    @Override
    public boolean isRunning() throws IOException {
      hear();
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
      driver.orElseThrow().tell(TrialsJob.STOP, name);
    }

    /** One that still runs saves and ends when the session is closed. */
    @Override
    public void close() {
      folders.remove(run);
    }
  }

  private void hear() throws IOException {
    for (List<String> words : driver.orElseThrow().heard()) {
      switch (words.get(0)) {
        case TrialsJob.ENDED -> endings.put(words.get(1), words);
        case TrialsJob.REFUSED -> throw new IOException("Spark cannot run trials; " + words.get(1));
        default -> {} // what Spark itself prints
      }
    }
  }

  /** What Spark has told of its work is left only where it has not come to its end. */
  @Override
  public void close() throws IOException {
    if (driver.isPresent() && driver.get().end()) {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }
}
