package io.ddgan.onednn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.engine.Call;
import io.ddgan.engine.Engine;
import io.ddgan.engine.Value;
import io.ddgan.onednn.elementwise.ChannelSum;
import io.ddgan.onednn.elementwise.ElementwiseCall;
import io.ddgan.onednn.runtime.KernelRuntime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class OnednnEngineTest {

  @Test
  void plansWithArraysThatNoBufferHoldsAreLeftToNd4j() {
    Engine engine = Tested.engine(true, 1);
    assertTrue(engine.optimise(List.of(sumOfMaps(64)), Set.of()).isPresent());
    assertTrue(engine.optimise(List.of(sumOfMaps(64), sumOfMaps(8192)), Set.of()).isEmpty());
  }

  private static Call sumOfMaps(long size) {
    Value maps = Value.planned(DataType.FLOAT, new long[] {1, size, size, 16});
    Value sum = Value.planned(DataType.FLOAT, new long[] {1, 1, 1, 16});
    return ElementwiseCall.of(new KernelRuntime(1), new ChannelSum(maps, sum, 1, 16, 1));
  }
}
