package io.ddgan.onednn.elementwise;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.NativeFloats;
import io.ddgan.onednn.runtime.Strip;
import io.ddgan.onednn.runtime.VectorLoops;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Computes elementwise functions and sums, strip by strip. Between loops, intermediate values are
 * in registers: buffers that stay in a core's nearest cache.
 */
public final class ElementwiseKernel implements Kernel {

  private final KernelRuntime runtime;
  private final ElementwiseCall call;
  private final StripMining pieces;

  /** Values that share the memory of others. */
  private final Map<Value, Value> elsewhere;

  private final List<Instruction> beginning = new ArrayList<>();
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Runnable> finishing = new ArrayList<>();

  /** Registers of the values while the program is built. */
  private final Map<Value, Integer> places = new HashMap<>();

  private final Deque<Integer> free = new ArrayDeque<>();
  private int count;

  /** An instruction for a strip of a part, or one executed once before a part. */
  private interface Instruction {
    void run(Strip[] registers, int firstRow, int rows, int part);
  }

  public ElementwiseKernel(ElementwiseCall call) {
    this(call, StripMining.of(call), Map.of());
  }

  /**
   * Creates a kernel for maps written in chunks, each followed up by the same thread.
   *
   * @param memory value whose memory holds the maps; it may be a result of the call
   * @param chunk pixels per chunk
   */
  public ElementwiseKernel(ElementwiseCall call, Value maps, Value memory, int chunk) {
    this(call, StripMining.ofChunks(call, chunk), Map.of(maps, memory));
  }

  private ElementwiseKernel(ElementwiseCall call, StripMining pieces, Map<Value, Value> elsewhere) {
    this.runtime = call.runtime();
    this.call = call;
    this.pieces = pieces;
    this.elsewhere = elsewhere;
    write();
    runtime.reserveRegisters(count, pieces.size());
  }

  private void write() {
    List<StripLoop> loops = StripLoop.of(call);
    Map<Value, Integer> lastUse = new HashMap<>();
    Map<Value, Integer> makers = new HashMap<>();
    Set<Value> written = Fusion.roots(call.kept());
    for (int i = 0; i < loops.size(); i++) {
      for (Value argument : loops.get(i).arguments()) {
        lastUse.put(argument, i);
      }
      makers.put(loops.get(i).result(), i);
    }
    for (Value input : call.inputs()) {
      if (!call.isFull(input)) {
        if (begin(input)) {
          lastUse.put(input, Integer.MAX_VALUE);
        }
      } else if (elsewhere.containsKey(input) && lastUse.containsKey(input)) {
        // it must be read, or copied, before anything overwrites it
        int maker = makers.getOrDefault(elsewhere.get(input), Integer.MAX_VALUE);
        load(input, lastUse.get(input) <= maker);
      } else if (!lastUse.containsKey(input)) { // only a sum reads it
        int place = load(input, true);
        free.push(place);
        places.remove(input);
      }
    }
    for (int i = 0; i < loops.size(); i++) {
      StripLoop next = loops.get(i);
      for (Value argument : next.arguments()) {
        if (!places.containsKey(argument)) {
          load(argument, !written.contains(argument.root()));
        }
      }
      int to = apply(next, i, lastUse);
      addUp(next.result(), to);
      if (lastUse.containsKey(next.result())) {
        places.put(next.result(), to);
      } else {
        free.push(to);
      }
    }
  }

  /** Adds a loop and returns the register of its results. */
  private int apply(StripLoop next, int index, Map<Value, Integer> lastUse) {
    List<Value> arguments = next.arguments();
    int x = places.get(arguments.get(0));
    int y = places.get(arguments.get(Math.min(1, arguments.size() - 1)));
    int z = places.get(arguments.get(arguments.size() - 1));
    int to = place(); // not that of an argument, which would move with it
    for (Value argument : new LinkedHashSet<>(arguments)) {
      if (lastUse.get(argument) == index) {
        free.push(places.remove(argument));
      }
    }
    Loop loop = next.loop();
    float a = next.a();
    float b = next.b();
    int row = pieces.row();
    Instruction compute =
        (r, first, n, part) ->
            loop.applyLanes(r[x], r[y], r[z], r[to], StripMining.lanes(n * row), a, b);
    boolean isKept = call.kept().contains(next.result());
    if (isKept && hasWholeVectors()) {
      NativeFloats target = KernelRuntime.numbers(next.result());
      instructions.add((r, first, n, part) -> r[to].be(target, first * row, n * row));
      instructions.add(compute);
    } else {
      instructions.add((r, first, n, part) -> r[to].beOwn());
      instructions.add(compute);
      if (isKept) {
        NativeFloats target = KernelRuntime.numbers(next.result());
        instructions.add((r, first, n, part) -> r[to].copyTo(target, first * row, n * row));
      }
    }
    return to;
  }

  /** Returns whether strips are whole vectors and need no padded copies. */
  private boolean hasWholeVectors() {
    return pieces.row() % VectorLoops.LANES.length() == 0;
  }

  private int place() {
    return free.isEmpty() ? count++ : free.pop();
  }

  /**
   * Loads a value that is the same for all rows of a part once per part, into a separate register.
   *
   * @return true if it is the same for all rows
   */
  private boolean begin(Value value) {
    NativeFloats from = KernelRuntime.numbers(value);
    int row = pieces.row();
    boolean isSingle = value.length() == 1 || value.shape()[value.shape().length - 1] == 1;
    Optional<int[]> offsets = pieces.offsetsOfParts(value, call.shape());
    if (offsets.isEmpty()) {
      return false;
    }
    int[] starts = offsets.get();
    int to = count++;
    places.put(value, to);
    beginning.add(
        (r, first, n, part) -> {
          int at = starts[part];
          r[to].beOwn();
          if (isSingle) {
            r[to].fill(0, n * row, from.get(at));
          } else {
            r[to].put(0, from, at, row);
            for (int i = 1; i < n; i++) {
              r[to].repeat(i * row, 0, row);
            }
          }
        });
    return true;
  }

  /**
   * Loads a value strip by strip and returns its register.
   *
   * @param isThere true if its memory is not overwritten before it is read
   */
  private int load(Value value, boolean isThere) {
    int to = place();
    places.put(value, to);
    NativeFloats from = KernelRuntime.numbers(elsewhere.getOrDefault(value, value));
    int row = pieces.row();
    if (call.isFull(value) && isThere && hasWholeVectors()) {
      instructions.add((r, first, n, part) -> r[to].be(from, first * row, n * row));
      addUp(value, to);
      return to;
    }
    instructions.add((r, first, n, part) -> r[to].beOwn());
    if (call.isFull(value)) {
      instructions.add((r, first, n, part) -> r[to].put(0, from, first * row, n * row));
      addUp(value, to);
      return to;
    }
    int[] offsets = pieces.offsets(value, call.shape());
    boolean isSingle = value.shape()[value.shape().length - 1] == 1;
    instructions.add(
        (r, first, n, part) -> {
          for (int i = 0; i < n; i++) {
            if (isSingle && row > 1) {
              r[to].fill(i * row, (i + 1) * row, from.get(offsets[first + i]));
            } else if (i > 0 && offsets[first + i] == offsets[first + i - 1]) {
              r[to].repeat(i * row, (i - 1) * row, row);
            } else {
              r[to].put(i * row, from, offsets[first + i], row);
            }
          }
        });
    return to;
  }

  /** Adds a value to the part's partial sum, if a sum of it is wanted. */
  private void addUp(Value value, int place) {
    List<ChannelSum> sums = call.sums().stream().filter(sum -> sum.maps() == value).toList();
    if (sums.isEmpty()) {
      return;
    }
    int row = pieces.row();
    float[] partial = new float[pieces.parts() * row];
    beginning.add((r, first, n, part) -> Arrays.fill(partial, part * row, (part + 1) * row, 0));
    instructions.add(
        (r, first, n, part) -> VectorLoops.sumRows(r[place], n, row, partial, part * row));
    for (ChannelSum sum : sums) {
      NativeFloats target = KernelRuntime.numbers(sum.sum());
      finishing.add(() -> sum.finish(partial, target));
    }
  }

  @Override
  public void run() {
    runtime.run(pieces.parts(), this::runPart);
    finishing.forEach(Runnable::run);
  }

  /** Computes a chunk of maps, without sums. */
  public void runChunk(int chunk, int worker) {
    int end = Math.min(pieces.parts(), (chunk + 1) * pieces.partsOfChunk());
    for (int part = chunk * pieces.partsOfChunk(); part < end; part++) {
      runPart(part, worker);
    }
  }

  private void runPart(int part, int worker) {
    int start = pieces.first(part);
    int end = pieces.first(part + 1);
    Strip[] own = runtime.registers(worker);
    run(beginning, own, start, Math.min(pieces.rowsOfPiece(), end - start), part);
    for (int i = start; i < end; i += pieces.rowsOfPiece()) {
      run(instructions, own, i, Math.min(pieces.rowsOfPiece(), end - i), part);
    }
  }

  private static void run(
      List<Instruction> instructions, Strip[] registers, int first, int rows, int part) {
    for (Instruction instruction : instructions) {
      instruction.run(registers, first, rows, part);
    }
  }
}
