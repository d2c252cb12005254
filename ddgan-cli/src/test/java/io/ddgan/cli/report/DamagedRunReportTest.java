package io.ddgan.cli.report;

import com.google.inject.Guice;
import io.ddgan.contract.DamagedFiles;
import io.ddgan.plugin.Plugins;
import io.ddgan.train.run.Environment;
import io.ddgan.train.run.MetricsCsv;
import io.ddgan.train.run.Provenance;
import io.ddgan.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedRunReportTest {

  @TempDir Path folder;

  @Test
  void runsAreRefusedOrRead() throws IOException {
    RunFolder run = new RunFolder(folder);
    String experiment = "include classpath(\"presets/gaussians-25.conf\")\n";
    Files.writeString(run.experiment(), experiment);
    Provenance.of(experiment, 3)
        .with(Provenance.EVALUATIONS, 4)
        .with(Provenance.INITIALISED_FROM, Map.of("run", "runs/a", "step", 5))
        .trainedFrom(0, new Environment(Map.of("threads", 2, "java", "17")))
        .write(run.provenance());
    MetricsCsv.create(run.metrics(), List.of("loss")).close();
    try (Plugins plugins = Plugins.load(Optional.empty())) {
      var injector = Guice.createInjector(plugins);
      DamagedFiles.check(
          run.provenance(),
          800,
          1L << 30,
          () -> injector.getInstance(RunsReader.class).read(List.of(folder)));
    }
  }
}
