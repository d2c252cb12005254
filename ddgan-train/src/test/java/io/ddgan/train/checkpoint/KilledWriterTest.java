package io.ddgan.train.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.weights.Safetensors;
import io.ddgan.internal.weights.Tensor;
import io.ddgan.train.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class KilledWriterTest {

  private static final int KEEP = 2;

  @RepeatedTest(4)
  @Timeout(120)
  void keepsCompleteCheckpointsAfterAKill(RepetitionInfo repetition, @TempDir Path folder)
      throws IOException, InterruptedException {
    Process writer = ChildJvm.start(Writer.class, folder.toString());
    long saved = -1;
    try (BufferedReader lines = writer.inputReader()) {
      for (int i = 0; i < repetition.getCurrentRepetition(); i++) {
        saved = Long.parseLong(lines.readLine());
      }
      Thread.sleep(RandomGenerator.getDefault().nextInt(15)); // to kill it anywhere in a save
      writer.destroyForcibly().waitFor();
    }

    CheckpointStore store = new CheckpointStore(folder, KEEP);
    assertTrue(store.latest().orElseThrow() >= saved, "what was reported as saved is there");
    for (long step : store.steps()) {
      assertEquals(checkpoint(step), store.load(step));
    }
    store.tidy();
    try (Stream<Path> entries = Files.list(folder)) {
      assertEquals(store.steps().size(), entries.count(), "nothing else is left");
    }
    store.save(checkpoint(store.latest().orElseThrow() + 1));
  }

  static Checkpoint checkpoint(long step) {
    float[] values = new float[200_000];
    Arrays.fill(values, (float) step);
    Tensor tensor = new Tensor(List.of((long) values.length), FloatBuffer.wrap(values));
    Safetensors part = new Safetensors(Map.of("w", tensor));
    return new Checkpoint(step, Map.of("generator", part, "discriminator", part));
  }

  static final class Writer {

    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      CheckpointStore store = new CheckpointStore(Path.of(arguments[0]), KEEP);
      for (long step = 0; true; step++) {
        store.save(checkpoint(step));
        System.out.println(step);
      }
    }
  }
}
