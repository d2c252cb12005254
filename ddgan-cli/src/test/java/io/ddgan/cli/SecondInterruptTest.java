package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.ChildProcess.Outcome;
import io.ddgan.internal.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second Ctrl-C, while the training does not end. */
@Tag("slow")
class SecondInterruptTest {

  @TempDir Path folder;
  private Path plugins;

  @BeforeEach
  void createFolder() throws IOException {
    plugins = Files.createDirectory(folder.resolve("plugins"));
  }

  @Test
  void endsAtOnceWhatNeverReturns() throws IOException, InterruptedException {
    new PluginJar()
        .source(
            "acme.Endless",
            """
            import io.ddgan.api.TrainingListener;
            public record Endless() implements io.ddgan.api.Listener {
              public TrainingListener open(java.nio.file.Path run) {
                return new TrainingListener() {
                  public void begun(long first, long total) {
                    run.resolve("begun").toFile().mkdir();
                    while (true) {
                      try { Thread.sleep(1000); } catch (InterruptedException e) { }
                    }
                  }
                };
              }
            }
            """)
        .plugin(
            "acme.EndlessPlugin",
            "",
            "components.add(ComponentKind.LISTENER, \"endless\", \"\", Endless.class);")
        .write(plugins.resolve("endless.jar"));
    ChildProcess training =
        ChildProcess.start(
            folder,
            List.of("-Dddgan.plugins=" + plugins),
            "train",
            "gaussians-25",
            "listeners=[endless]",
            "data.points-per-mode=2",
            "evaluation.metrics=[]",
            "--run",
            "run");
    while (!Files.exists(folder.resolve("run/begun")) && training.isAlive()) {
      Thread.sleep(50);
    }
    for (int i = 0; i < 2; i++) {
      training.interrupt();
      Thread.sleep(300); // two at once may arrive as one
    }
    Outcome outcome = training.await();
    assertEquals(130, outcome.exitCode());
    assertTrue(
        outcome.lines().contains("ddgan: ended at once; what was saved before is whole"),
        outcome::toString);
  }
}
