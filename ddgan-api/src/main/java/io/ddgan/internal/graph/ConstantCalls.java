package io.ddgan.internal.graph;

import io.ddgan.engine.Call;
import io.ddgan.engine.Kernel;
import io.ddgan.engine.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Calls whose results are the same in every run of a plan, such as transforms of weights. They run
 * once, and their results keep their memory.
 *
 * @param workspace memory of the results
 */
record ConstantCalls(List<Call> calls, Arena arena, Workspace workspace) {

  /**
   * Takes the constant calls out of a plan's.
   *
   * @param calls all calls in order; only those that depend on an input remain
   * @param inputs values that change between runs
   */
  static ConstantCalls from(List<Call> calls, Set<Value> inputs) {
    Set<Value> variable = new HashSet<>(inputs);
    List<Call> constant = new ArrayList<>();
    for (Iterator<Call> all = calls.iterator(); all.hasNext(); ) {
      Call call = all.next();
      if (call.inputs().stream().noneMatch(value -> variable.contains(value.root()))) {
        constant.add(call);
        all.remove();
      } else {
        call.outputs().forEach(value -> variable.add(value.root()));
      }
    }
    return of(constant);
  }

  /** Returns calls with memory of their own. */
  static ConstantCalls of(List<Call> calls) {
    Set<Value> results = new HashSet<>();
    calls.forEach(call -> results.addAll(call.outputs()));
    Arena arena = Arena.of(calls, results);
    Workspace workspace = new Workspace();
    arena.reserve(workspace);
    return new ConstantCalls(calls, arena, workspace);
  }

  /** Computes the results. */
  void run() {
    arena.place(workspace);
    for (Call call : calls) {
      try (Kernel kernel = call.bind()) {
        kernel.run();
      }
    }
  }
}
