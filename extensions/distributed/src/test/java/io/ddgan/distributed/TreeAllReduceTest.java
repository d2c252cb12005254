package io.ddgan.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.ProcessGroup;
import io.ddgan.api.RefusedException;
import io.ddgan.random.RandomStreams;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeAllReduceTest {

  /** No multiple of any number of processes. */
  private static final int SIZE = 1009;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"2, 2", "4, 2", "6, 2", "6, 3", "6, 6", "8, 4", "5, 5"})
  void theSumHasTheSameBitsHoweverManyProcessesShareTheShards(int shards, int processes)
      throws InterruptedException, ExecutionException {
    float[] alone = sum(ProcessGroup.ALONE, shards);
    List<float[]> sums =
        Together.work(folder, processes, peers -> sum(new TreeAllReduce(peers), shards));
    for (float[] sum : sums) {
      assertArrayEquals(alone, sum);
    }
    for (int i = 0; i < SIZE; i++) {
      double sum = 0;
      for (int shard = 0; shard < shards; shard++) {
        sum += gradient(shard)[i];
      }
      assertEquals(sum, alone[i], 1e-5);
    }
  }

  @Test
  void whatWasMeasuredIsGatheredInTheOrderOfTheRanks()
      throws InterruptedException, ExecutionException {
    List<float[]> gathered =
        Together.work(
            folder,
            3,
            peers -> new TreeAllReduce(peers).allGather(new float[] {peers.rank(), 0.5f}));
    for (float[] all : gathered) {
      assertArrayEquals(new float[] {0, 0.5f, 1, 0.5f, 2, 0.5f}, all);
    }
  }

  @Test
  void allBeginWhereTheFirstDoesAndStopWhenOneWantsTo()
      throws InterruptedException, ExecutionException {
    List<String> steps =
        Together.work(
            folder,
            3,
            peers -> {
              TreeAllReduce exchange = new TreeAllReduce(peers);
              boolean isFirst = peers.rank() == 0;
              long first =
                  exchange
                      .agreeOnFirstStep(
                          "experiment", isFirst ? OptionalLong.of(7) : OptionalLong.empty())
                      .orElseThrow();
              boolean all = exchange.agreeToContinue(true);
              boolean one = exchange.agreeToContinue(peers.rank() != 2);
              boolean none = exchange.agreeToContinue(!isFirst);
              return "%d %s %s %s".formatted(first, all, one, none);
            });
    assertEquals(List.of("7 true false true", "7 true true false", "7 true true false"), steps);
  }

  @Test
  void processesOfDifferentExperimentsDoNotBegin() throws InterruptedException, ExecutionException {
    Together.work(
        folder,
        2,
        peers ->
            assertThrows(
                RefusedException.class,
                () ->
                    new TreeAllReduce(peers)
                        .agreeOnFirstStep("of " + peers.rank(), OptionalLong.empty())));
  }

  private static float[] sum(ProcessGroup exchange, int shards) {
    FloatBuffer buffer = FloatBuffer.allocate(SIZE);
    exchange.allReduce(shards, buffer, (from, to) -> buffer.put(0, halves(from, to)));
    return buffer.array();
  }

  /** As the contract says that they are added. */
  private static float[] halves(int from, int to) {
    if (to - from == 1) {
      return gradient(from);
    }
    int middle = from + (to - from) / 2;
    float[] sum = halves(from, middle);
    float[] right = halves(middle, to);
    for (int i = 0; i < SIZE; i++) {
      sum[i] += right[i];
    }
    return sum;
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
