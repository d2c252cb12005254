package io.ddgan.app.report;

import com.google.inject.Guice;
import io.ddgan.contract.DamagedFiles;
import io.ddgan.internal.plugin.Plugins;
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
    Map<String, Object> facts =
        Map.of(
            Provenance.EVALUATIONS, 4, Provenance.INITIALISED_FROM, Map.of("run", "a", "step", 5));
    new Provenance(facts, List.of()).write(run.provenance());
    MetricsCsv.resume(run.metrics(), List.of("loss"), 0).close();
    try (Plugins plugins = Plugins.load(Optional.empty())) {
      var injector = Guice.createInjector(plugins);
      DamagedFiles.check(
          run.provenance(),
          250,
          1L << 30,
          () -> injector.getInstance(RunsReader.class).read(List.of(folder)));
    }
  }
}
