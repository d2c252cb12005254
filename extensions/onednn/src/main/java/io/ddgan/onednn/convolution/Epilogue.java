package io.ddgan.onednn.convolution;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.elementwise.ElementwiseCall;
import io.ddgan.onednn.elementwise.ElementwiseKernel;
import io.ddgan.onednn.elementwise.Fusion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A convolution fused with functions of its output, chunk by chunk. The output is read from a
 * core's cache, and needs no memory if nothing else reads it.
 *
 * @param memory memory for the convolution's output: its own, or that of a result of the functions
 *     if nothing else reads it
 */
public record Epilogue(ChunkedConvolution convolution, ElementwiseCall functions, Value memory)
    implements Call {

  /** Fuses convolutions with the first functions that read their output. */
  public static List<Call> of(List<Call> calls, Set<Value> results) {
    return new Fusing(calls, results).all();
  }

  @Override
  public String name() {
    return convolution.name();
  }

  @Override
  public double operations() {
    return convolution.operations();
  }

  @Override
  public List<Value> inputs() {
    Set<Value> read = new LinkedHashSet<>(convolution.inputs());
    functions.inputs().stream().filter(value -> value != convolution.maps()).forEach(read::add);
    return List.copyOf(read);
  }

  @Override
  public List<Value> outputs() {
    return memory == convolution.maps()
        ? ElementwiseCall.joined(List.of(memory), functions.outputs())
        : functions.outputs();
  }

  @Override
  public Kernel bind() {
    ElementwiseKernel then =
        new ElementwiseKernel(functions, convolution.maps(), memory, convolution.chunk());
    return convolution.bind(memory, then::runChunk);
  }

  /** Finds pairs to fuse. */
  private static final class Fusing {

    private final List<Call> calls;
    private final Set<Value> results = new HashSet<>();
    private final Map<Value, List<Integer>> readers = new HashMap<>();
    private final Map<Value, Integer> makers = new HashMap<>();

    Fusing(List<Call> calls, Set<Value> results) {
      this.calls = calls;
      results.forEach(value -> this.results.add(value.root()));
      for (int i = 0; i < calls.size(); i++) {
        for (Value root : Fusion.roots(calls.get(i).inputs())) {
          readers.computeIfAbsent(root, value -> new ArrayList<>()).add(i);
        }
        if (calls.get(i) instanceof ChunkedConvolution convolution) {
          makers.put(convolution.maps(), i);
        }
      }
    }

    List<Call> all() {
      List<Optional<Call>> fused = new ArrayList<>();
      for (int i = 0; i < calls.size(); i++) {
        fused.add(Optional.of(calls.get(i)));
        Optional<Integer> maker = maker(i);
        if (maker.isPresent()) {
          fused.set(i, Optional.of(fused(maker.get(), i)));
          fused.set(maker.get(), Optional.empty());
        }
      }
      return fused.stream().flatMap(Optional::stream).toList();
    }

    private Epilogue fused(int maker, int reader) {
      ChunkedConvolution convolution = (ChunkedConvolution) calls.get(maker);
      ElementwiseCall functions = (ElementwiseCall) calls.get(reader);
      Value maps = convolution.maps();
      boolean isReadElsewhere =
          results.contains(maps) || !readers.get(maps).equals(List.of(reader));
      Value memory =
          isReadElsewhere
              ? maps
              : functions.kept().stream().filter(Fusing::isOfItsOwn).findFirst().orElse(maps);
      return new Epilogue(convolution, functions, memory);
    }

    private static boolean isOfItsOwn(Value value) {
      return value.root() == value && !value.isPlaced();
    }

    /** Returns the last convolution that can be fused with the functions at an index. */
    private Optional<Integer> maker(int index) {
      if (!(calls.get(index) instanceof ElementwiseCall functions)) {
        return Optional.empty();
      }
      return functions.inputs().stream()
          .filter(makers::containsKey)
          .filter(value -> canFollow(functions, index, value))
          .map(makers::get)
          .max(Integer::compare);
    }

    /**
     * Returns whether these functions are the first to read a convolution's output, in its own
     * shape.
     */
    private boolean canFollow(ElementwiseCall functions, int index, Value maps) {
      return functions.sums().isEmpty() // their rounding depends on the chunks
          && isOfItsOwn(maps)
          && Arrays.equals(functions.shape(), maps.shape())
          && readers.get(maps).get(0) == index
          && functions.inputs().stream().allMatch(value -> value == maps || value.root() != maps)
          && isUntouched(calls.get(makers.get(maps)), makers.get(maps), index);
    }

    /** Returns whether nothing between two calls overwrites an input of the first. */
    private boolean isUntouched(Call first, int from, int to) {
      Set<Value> read = Fusion.roots(first.inputs());
      return calls.subList(from + 1, to).stream()
          .flatMap(call -> call.outputs().stream())
          .noneMatch(value -> read.contains(value.root()));
    }
  }
}
