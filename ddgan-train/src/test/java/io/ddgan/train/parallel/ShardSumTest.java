package io.ddgan.train.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ddgan.api.DataShape;
import io.ddgan.internal.graph.ParameterLayout;
import io.ddgan.random.RandomStreams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

class ShardSumTest {

  /** No multiple of any number of processes. */
  private static final int SIZE = 1009;

  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(
          DataShape.point(2),
          1,
          scope -> scope.parameter("weight", (shape, random) -> new float[SIZE], SIZE));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"2, 2", "4, 2", "6, 2", "6, 3", "6, 6", "8, 4", "5, 5"})
  void theMeanHasTheSameBitsHoweverManyProcessesShareTheShards(int shards, int processes)
      throws InterruptedException, ExecutionException {
    float[] alone = means(shards, 1).get(0);
    for (float[] mean : means(shards, processes)) {
      assertArrayEquals(alone, mean);
    }
  }

  @Test
  void theMeanIsThatOfAllShards() throws InterruptedException, ExecutionException {
    float[] mean = means(6, 3).get(2);
    for (int i = 0; i < SIZE; i++) {
      double sum = 0;
      for (int shard = 0; shard < 6; shard++) {
        sum += gradient(shard)[i];
      }
      assertEquals(sum / 6, mean[i], 1e-6);
    }
  }

  @Test
  void whatWasMeasuredIsGatheredInTheOrderOfTheShards()
      throws InterruptedException, ExecutionException {
    List<float[]> gathered =
        Together.work(
            folder,
            3,
            peers -> {
              try (ShardSum sum = new ShardSum(6, peers, LAYOUT)) {
                int first = 2 * peers.rank();
                return sum.gather(new float[] {first, first + 0.5f, first + 1, first + 1.5f});
              }
            });
    for (float[] all : gathered) {
      assertArrayEquals(new float[] {0, 0.5f, 1, 1.5f, 2, 2.5f, 3, 3.5f, 4, 4.5f, 5, 5.5f}, all);
    }
  }

  private List<float[]> means(int shards, int processes)
      throws InterruptedException, ExecutionException {
    return Together.work(
        folder,
        processes,
        peers -> {
          List<Integer> computed = new ArrayList<>();
          try (ShardSum sum = new ShardSum(shards, peers, LAYOUT)) {
            sum.add(
                shard -> {
                  computed.add(shard);
                  sum.gradient().flat().assign(Nd4j.createFromArray(gradient(shard)));
                });
            assertEquals(shards / processes, computed.size());
            return sum.gradient().flat().dup().data().asFloat();
          }
        });
  }

  private static float[] gradient(int shard) {
    RandomGenerator random = new RandomStreams(7).stream("gradient", shard);
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
