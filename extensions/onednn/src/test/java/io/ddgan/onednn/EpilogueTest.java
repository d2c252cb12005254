package io.ddgan.onednn;

import static io.ddgan.onednn.elementwise.ElementwiseOp.ADD;
import static io.ddgan.onednn.elementwise.ElementwiseOp.MAXIMUM;
import static io.ddgan.onednn.elementwise.ElementwiseOp.MULTIPLY_CONSTANT;
import static io.ddgan.onednn.elementwise.ElementwiseOp.SQUARE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ddgan.engine.Call;
import io.ddgan.engine.Value;
import io.ddgan.onednn.convolution.ConvolutionCalls;
import io.ddgan.onednn.convolution.ConvolutionMethod;
import io.ddgan.onednn.convolution.ConvolutionShape;
import io.ddgan.onednn.convolution.DataConvolution;
import io.ddgan.onednn.convolution.DirectConvolutions;
import io.ddgan.onednn.convolution.Epilogue;
import io.ddgan.onednn.elementwise.ChannelSum;
import io.ddgan.onednn.elementwise.ElementwiseCall;
import io.ddgan.onednn.elementwise.ElementwiseCall.Step;
import io.ddgan.onednn.runtime.KernelCall;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.winograd.Winograd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class EpilogueTest {

  private static final KernelRuntime RUNTIME = new KernelRuntime(2);

  private static Value filled(long... shape) {
    return Value.fixed(Nd4j.randn(DataType.FLOAT, shape));
  }

  private static Value between(Value like) {
    return Value.planned(DataType.FLOAT, like.shape());
  }

  /** Makes a way to do convolutions. */
  private interface Maker {
    ConvolutionMethod of(ConvolutionCalls calls);
  }

  /** A convolution, whose output gets a shift for each example and goes through a leaky ReLU. */
  private static final class Block {
    final Value x;
    final Value shift;
    final Value maps;
    final Value shifted;
    final Value result;
    final List<Call> calls = new ArrayList<>();

    /** By Winograd's transforms. */
    Block(long examples, long side, long in, long out) {
      this(
          new ConvolutionShape(examples, in, side, side, out, side, side, 3, 3, 1, 1, 1, 1),
          Winograd::new);
    }

    Block(ConvolutionShape g, Maker method) {
      x = filled(g.examples(), g.height(), g.width(), g.in());
      shift = filled(g.examples(), 1, 1, g.out());
      maps =
          Value.planned(
              DataType.FLOAT, new long[] {g.examples(), g.outHeight(), g.outWidth(), g.out()});
      method
          .of(new ConvolutionCalls(RUNTIME, calls::add))
          .map(
              DataConvolution.convolution(
                  g, x, filled(g.weights()), Optional.of(filled(g.out())), maps));
      shifted = between(maps);
      Value scaled = between(maps);
      result = between(maps);
      calls.add(
          new ElementwiseCall(
              RUNTIME,
              maps.shape(),
              List.of(
                  new Step(ADD, List.of(maps, shift), 0, shifted),
                  new Step(MULTIPLY_CONSTANT, List.of(shifted), 0.2f, scaled),
                  new Step(MAXIMUM, List.of(shifted, scaled), 0, result)),
              List.of(result),
              List.of()));
    }

    Call last() {
      return calls.get(calls.size() - 1);
    }

    /** What a value is after all of some calls, with memory of their own for all they write. */
    float[] run(List<Call> some, Value value) {
      Loops.run(some);
      return value.array().data().asFloat();
    }
  }

  private static Set<Value> roots(Value... values) {
    return Set.of(values);
  }

  private static Epilogue epilogue(List<Call> calls) {
    return assertInstanceOf(Epilogue.class, calls.get(calls.size() - 1));
  }

  @ParameterizedTest
  @CsvSource({
    "6, 8, 16, 16", // chunks of several examples, the last one of fewer
    "4, 32, 64, 128", // an example a chunk
    "1, 32, 48, 24", // parts of an example
    "9, 16, 32, 48"
  })
  void functionsOfChunksAreThoseOfAllToTheBit(long examples, long side, long in, long out) {
    assertSameBits(new Block(examples, side, in, out));
  }

  @Test
  void functionsOfDirectConvolutionsAreTheSameToo() {
    ConvolutionShape strided = new ConvolutionShape(5, 12, 16, 16, 20, 8, 8, 3, 3, 2, 2, 1, 1);
    assertSameBits(new Block(strided, DirectConvolutions::new));
    ConvolutionShape pointwise = new ConvolutionShape(7, 12, 32, 32, 20, 32, 32, 1, 1, 1, 1, 0, 0);
    assertSameBits(new Block(pointwise, DirectConvolutions::new));
  }

  private static void assertSameBits(Block block) {
    List<Call> fused = Epilogue.of(block.calls, roots(block.result));
    assertEquals(block.calls.size() - 1, fused.size());
    float[] together = block.run(fused, block.result);
    assertArrayEquals(block.run(block.calls, block.result), together);
  }

  @Test
  void mapsThatNothingElseReadsHaveNoMemory() {
    Block block = new Block(6, 8, 16, 16);
    Epilogue epilogue = epilogue(Epilogue.of(block.calls, roots(block.result)));
    assertEquals(List.of(block.result), epilogue.outputs());
    assertEquals(block.result, epilogue.memory());
  }

  @Test
  void mapsThatAreReadLaterAreKept() {
    Block block = new Block(6, 8, 16, 16);
    List<Call> fused = Epilogue.of(block.calls, roots(block.result, block.maps));
    assertEquals(List.of(block.maps, block.result), epilogue(fused).outputs());
    float[] maps = block.run(fused, block.maps);
    float[] result = block.result.array().data().asFloat();
    assertArrayEquals(block.run(block.calls, block.maps), maps);
    assertArrayEquals(block.run(block.calls, block.result), result);
  }

  @Test
  void theFirstReaderIsFusedAlone() {
    Block block = new Block(6, 8, 16, 16);
    Value squares = between(block.maps);
    Call first =
        new ElementwiseCall(
            RUNTIME,
            block.maps.shape(),
            List.of(new Step(SQUARE, List.of(block.maps), 0, squares)),
            List.of(squares),
            List.of());
    List<Call> calls = new ArrayList<>(block.calls);
    calls.add(calls.size() - 1, first);
    List<Call> fused = Epilogue.of(calls, roots(block.result, squares));
    assertEquals(List.of(block.maps, squares), fused.get(fused.size() - 2).outputs());
    assertEquals(block.last(), fused.get(fused.size() - 1));
  }

  @Test
  void aConvolutionDoesNotWaitUntilItsInputIsOverwritten() {
    Block block = new Block(6, 8, 16, 16);
    Call overwriting =
        new KernelCall(RUNTIME, "assign", List.of(block.shift), List.of(block.x), () -> () -> {});
    List<Call> calls = new ArrayList<>(block.calls);
    calls.add(calls.size() - 1, overwriting);
    assertEquals(calls, Epilogue.of(calls, roots(block.result)));
  }

  @Test
  void sumsAreDividedAsEver() {
    Block block = new Block(6, 8, 16, 16);
    Value sum = Value.planned(DataType.FLOAT, new long[] {1, 16, 1, 1});
    List<Call> calls =
        Stream.concat(
                block.calls.stream().limit(block.calls.size() - 1),
                Stream.of(ElementwiseCall.of(RUNTIME, new ChannelSum(block.maps, sum, 1, 16, 1))))
            .toList();
    assertEquals(calls, Epilogue.of(calls, roots(sum)));
  }
}
