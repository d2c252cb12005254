package io.ddgan.onednn;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import io.ddgan.onednn.runtime.BatchCall;
import io.ddgan.onednn.runtime.BatchCall.ExampleKernel;
import io.ddgan.onednn.runtime.BatchCall.Places;
import io.ddgan.onednn.runtime.KernelRuntime;
import io.ddgan.onednn.runtime.Scratch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calls that run together example by example: intermediate values, such as attention scores, stay
 * in a core's cache.
 *
 * @param inside values that only these calls read; they have no memory
 */
record FusedBatch(KernelRuntime runtime, List<BatchCall> calls, Set<Value> inside) implements Call {

  /** Maximum bytes of the values inside, which fit with their inputs in a cache of 2 MB. */
  private static final long MOST_INSIDE = 1 << 20;

  /** Minimum number of examples, because each thread takes whole ones. */
  private static final long FEWEST_EXAMPLES = 4;

  /** Fuses consecutive calls if that keeps values inside. */
  static List<Call> of(KernelRuntime runtime, List<Call> calls, Set<Value> results) {
    Map<Value, Set<Call>> readers = new HashMap<>();
    for (Call call : calls) {
      for (Value input : call.inputs()) {
        readers.computeIfAbsent(input.root(), root -> identitySet()).add(call);
      }
    }
    Set<Value> wanted = new HashSet<>();
    results.forEach(value -> wanted.add(value.root()));
    List<Call> fused = new ArrayList<>();
    List<BatchCall> together = new ArrayList<>();
    for (Call call : calls) {
      if (!together.isEmpty() && !canFollow(call, together)) {
        fused.addAll(fused(runtime, List.copyOf(together), readers, wanted));
        together.clear();
      }
      if (call instanceof BatchCall batch && batch.examples() >= FEWEST_EXAMPLES) {
        together.add(batch);
      } else {
        fused.add(call);
      }
    }
    fused.addAll(fused(runtime, List.copyOf(together), readers, wanted));
    return fused;
  }

  /** Returns a set of calls that does not compare the contents of records, which is slow. */
  private static Set<Call> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** Returns whether a call has the same number of independent examples. */
  private static boolean canFollow(Call call, List<BatchCall> before) {
    return call instanceof BatchCall batch
        && batch.examples() == before.get(0).examples()
        && batch.shared().stream()
            .noneMatch(
                shared ->
                    before.stream()
                        .flatMap(each -> each.outputs().stream())
                        .anyMatch(output -> output.root() == shared.root()));
  }

  private static List<? extends Call> fused(
      KernelRuntime runtime,
      List<BatchCall> calls,
      Map<Value, Set<Call>> readers,
      Set<Value> wanted) {
    Set<Call> together = identitySet();
    together.addAll(calls);
    Set<Value> inside = new LinkedHashSet<>();
    for (BatchCall call : calls) {
      for (Value output : call.outputs()) {
        boolean isInside =
            !output.isPlaced()
                && output.root() == output
                && !wanted.contains(output)
                && readers.containsKey(output)
                && together.containsAll(readers.get(output));
        if (isInside) {
          inside.add(output);
        }
      }
    }
    FusedBatch all = new FusedBatch(runtime, calls, inside);
    return inside.isEmpty() || all.places().size() > MOST_INSIDE ? calls : List.of(all);
  }

  /** Returns the offsets of the values inside. */
  private Places places() {
    Map<Value, Long> offsets = new HashMap<>();
    long size = 0;
    for (Value value : inside) {
      offsets.put(value, size);
      size += Scratch.wholeLines(value.length() / calls.get(0).examples() * Float.BYTES);
    }
    return new Places(offsets, size);
  }

  @Override
  public String name() {
    return calls.get(0).name();
  }

  @Override
  public List<Value> inputs() {
    Set<Value> made = new HashSet<>();
    Set<Value> read = new LinkedHashSet<>();
    for (BatchCall call : calls) {
      call.inputs().stream().filter(value -> !made.contains(value.root())).forEach(read::add);
      call.outputs().forEach(value -> made.add(value.root()));
    }
    return List.copyOf(read);
  }

  @Override
  public List<Value> outputs() {
    return calls.stream()
        .flatMap(call -> call.outputs().stream())
        .filter(value -> !inside.contains(value))
        .toList();
  }

  @Override
  public Kernel bind() {
    Places places = places();
    runtime.reserveWorkArea(places.size());
    List<ExampleKernel> kernels =
        runtime.singleThreaded(() -> calls.stream().map(call -> call.kernel(places)).toList());
    int examples = Math.toIntExact(calls.get(0).examples());
    return new Kernel() {
      @Override
      public void run() {
        runtime.run(
            examples,
            (example, worker) -> {
              for (ExampleKernel kernel : kernels) {
                kernel.run(example, worker);
              }
            });
      }

      @Override
      public void close() {
        kernels.forEach(ExampleKernel::close);
      }
    };
  }
}
