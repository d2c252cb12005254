package io.ddgan.onednn;

import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.Elementwise.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes functions of single numbers on pieces so small that all between reading and writing
 * stays in a core's nearest cache.
 */
final class ElementwiseKernel implements Kernel {

  /** Numbers of a piece, or a row where those are longer. */
  private static final int PIECE = 1024;

  /** Numbers that are worth a part of their own. */
  private static final int PART = 16_384;

  private final Runtime runtime;
  private final List<Instruction> instructions = new ArrayList<>();
  private final int row;
  private final int rows;
  private final int rowsOfPiece;
  private final int parts;
  private final List<float[][]> registers = new ArrayList<>();

  /** Something done to a piece. */
  private interface Instruction {
    void run(float[][] registers, int firstRow, int count);
  }

  ElementwiseKernel(Runtime runtime, Elementwise call) {
    this.runtime = runtime;
    long length = Arrays.stream(call.shape()).reduce(1, Math::multiplyExact);
    boolean isFlat =
        call.inputs().stream().allMatch(value -> value.length() == length || value.length() == 1);
    int last = (int) call.shape()[call.shape().length - 1];
    this.row = isFlat ? divisor(length) : last;
    this.rows = (int) (length / row);
    this.rowsOfPiece = Math.max(1, PIECE / row);
    this.parts = (int) Math.max(1, Math.min(rows, length / PART));
    int count = write(call, isFlat);
    int lanes = Vectors.LANES.length();
    int size = (rowsOfPiece * row + lanes - 1) / lanes * lanes;
    for (int i = 0; i < runtime.threads(); i++) {
      registers.add(new float[count][size]);
    }
  }

  /** The largest power of two up to a piece that divides a length. */
  private static int divisor(long length) {
    int divisor = PIECE;
    while (length % divisor != 0) {
      divisor /= 2;
    }
    return divisor == 1 && length <= PIECE ? (int) length : divisor;
  }

  /** Writes the program, and says how many registers it needs. */
  private int write(Elementwise call, boolean isFlat) {
    Map<Value, Integer> lastUse = new HashMap<>();
    for (int i = 0; i < call.steps().size(); i++) {
      for (Value argument : call.steps().get(i).arguments()) {
        lastUse.put(argument, i);
      }
    }
    Map<Value, Integer> places = new HashMap<>();
    Deque<Integer> free = new ArrayDeque<>();
    int count = 0;
    for (int i = 0; i < call.steps().size(); i++) {
      Step step = call.steps().get(i);
      for (Value argument : step.arguments()) {
        if (!places.containsKey(argument)) {
          int place = free.isEmpty() ? count++ : free.pop();
          places.put(argument, place);
          instructions.add(load(argument, call.shape(), isFlat, place));
        }
      }
      int x = places.get(step.arguments().get(0));
      int y = step.arguments().size() > 1 ? places.get(step.arguments().get(1)) : x;
      for (Value argument : new java.util.LinkedHashSet<>(step.arguments())) {
        if (lastUse.get(argument) == i) {
          free.push(places.remove(argument));
        }
      }
      int to = free.isEmpty() ? count++ : free.pop();
      Function function = step.function();
      float constant = step.constant();
      int lanes = Vectors.LANES.length();
      instructions.add(
          (r, first, n) ->
              function.applyLanes(
                  r[x], r[y], r[to], (n * row + lanes - 1) / lanes * lanes, constant));
      if (call.outputs().contains(step.result())) {
        Numbers target = Runtime.numbers(step.result());
        instructions.add((r, first, n) -> target.put(first * row, r[to], 0, n * row));
      }
      if (lastUse.containsKey(step.result())) {
        places.put(step.result(), to);
      } else {
        free.push(to);
      }
    }
    return count;
  }

  private Instruction load(Value value, long[] shape, boolean isFlat, int to) {
    Numbers from = Runtime.numbers(value);
    if (value.length() == 1) {
      return (r, first, n) -> Arrays.fill(r[to], 0, n * row, from.get(0));
    }
    if (isFlat || value.length() == (long) rows * row) {
      return (r, first, n) -> from.get(first * row, r[to], 0, n * row);
    }
    int[] offsets = offsets(value, shape);
    boolean isSingle = value.shape()[value.shape().length - 1] == 1;
    return (r, first, n) -> {
      for (int i = 0; i < n; i++) {
        if (isSingle && row > 1) {
          Arrays.fill(r[to], i * row, (i + 1) * row, from.get(offsets[first + i]));
        } else if (i > 0 && offsets[first + i] == offsets[first + i - 1]) {
          System.arraycopy(r[to], (i - 1) * row, r[to], i * row, row);
        } else {
          from.get(offsets[first + i], r[to], i * row, row);
        }
      }
    };
  }

  /** Where the numbers of each row begin in a value that is repeated. */
  private int[] offsets(Value value, long[] shape) {
    long[] s = value.shape();
    long[] strides = Maps.rowMajor(s);
    int[] offsets = new int[rows];
    for (int i = 0; i < rows; i++) {
      long rest = i;
      long offset = 0;
      for (int k = shape.length - 2; k >= 0; k--) {
        int own = k - (shape.length - s.length);
        if (own >= 0 && s[own] > 1) {
          offset += rest % shape[k] * strides[own];
        }
        rest /= shape[k];
      }
      offsets[i] = (int) offset;
    }
    return offsets;
  }

  @Override
  public void run() {
    runtime.run(
        parts,
        (part, worker) -> {
          int end = (int) ((long) rows * (part + 1) / parts);
          for (int i = (int) ((long) rows * part / parts); i < end; i += rowsOfPiece) {
            runPiece(registers.get(worker), i, Math.min(rowsOfPiece, end - i));
          }
        });
  }

  private void runPiece(float[][] registers, int first, int count) {
    for (Instruction instruction : instructions) {
      instruction.run(registers, first, count);
    }
  }
}
