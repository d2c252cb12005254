package io.ddgan.internal.graph;

import java.util.regex.Pattern;
import org.nd4j.autodiff.samediff.NameScope;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Names the operations of a graph. For every operation, SameDiff tries {@code add}, {@code add_1},
 * {@code add_2} and so on until a name is free, which takes seconds in large graphs. In a new scope
 * the first name is free.
 */
final class OperationNames {

  private static final Pattern SCOPE = Pattern.compile("ddgan-\\d+");
  private static final Pattern PREFIX = Pattern.compile("^" + SCOPE + "/");

  private OperationNames() {}

  /** Starts a new scope for the next operations, unless the graph's author has one. */
  static void begin(SameDiff sameDiff) {
    end(sameDiff);
    if (sameDiff.currentNameScope() == null) {
      NameScope unused = sameDiff.withNameScope("ddgan-" + sameDiff.getOps().size());
    }
  }

  /** Ends the scope, unless the graph's author has one. */
  static void end(SameDiff sameDiff) {
    String scope = sameDiff.currentNameScope();
    if (scope != null && SCOPE.matcher(scope).matches()) {
      new NameScope(sameDiff, scope).close();
    }
  }

  /** Returns a name as the graph's author knows it, without the scope. */
  static String plain(String name) {
    return PREFIX.matcher(name).replaceFirst("");
  }
}
