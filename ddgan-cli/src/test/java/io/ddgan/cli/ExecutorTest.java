package io.ddgan.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.cli.ChildProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which library computes; the processes of other tests have no vectors. The networks are so small
 * that making good code of the kernels would take longer than they do.
 */
@Tag("slow")
class ExecutorTest extends CommandTest {

  private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");

  @TempDir Path folder;

  @Test
  void anExecutorThatCannotBeHadHereIsRefusedBeforeAnythingIsDone() {
    String run = folder.resolve("run").toString();
    assertEquals(2, run("train", "smoke", "executor=onednn", "--run", run));
    assertTrue(
        err.toString()
            .contains(
                "executor: onednn cannot be used: start Java with --add-modules jdk.incubator.vector"),
        err::toString);
    assertTrue(Files.notExists(folder.resolve("run")));
  }

  @Test
  void aTrainingHasTheSameBitsWithAnyNumberOfThreadsAndRecordsWhatComputed()
      throws IOException, InterruptedException {
    String data = FewGarments.write(folder.resolve("data"));
    for (int threads : List.of(1, 3)) {
      Outcome outcome = train(data, threads, "auto");
      assertEquals(0, outcome.exitCode(), outcome::toString);
      assertTrue(
          Files.readString(folder.resolve(threads + "/provenance.json"))
              .contains("\"executor\" : \"onednn\""));
      assertArrayEquals(weights(1), weights(threads));
    }
  }

  private byte[] weights(int threads) throws IOException {
    return Files.readAllBytes(
        folder.resolve(threads + "/checkpoints/00000002/generator.safetensors"));
  }

  private Outcome train(String data, int threads, String executor)
      throws IOException, InterruptedException {
    return ChildProcess.start(
            folder,
            Map.of("OMP_NUM_THREADS", Integer.toString(threads)),
            VECTORS,
            "train",
            "smoke",
            data,
            "training.iterations=2",
            "training.batch=2",
            "training.sample-every=0",
            "generator.base-channels=4",
            "discriminator.base-channels=2",
            // whose probability the first step changes for the second
            "augmentation={type=blitting,probability={target=0.6,start=0.5,examples=32,every=1}}",
            "executor=" + executor,
            "--run",
            Integer.toString(threads))
        .await();
  }
}
