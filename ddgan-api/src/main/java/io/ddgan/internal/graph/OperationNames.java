package io.ddgan.internal.graph;

import java.util.regex.Pattern;
import org.nd4j.autodiff.samediff.NameScope;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Names for the operations of a graph. SameDiff tries {@code add}, {@code add_1}, {@code add_2} and
 * so on until a name is free, for every operation from the beginning, so that a graph of thousands
 * takes seconds. Within a scope of their own names are free at once.
 */
final class OperationNames {

  private static final Pattern SCOPE = Pattern.compile("ddgan-\\d+");
  private static final Pattern PREFIX = Pattern.compile("^" + SCOPE + "/");

  private OperationNames() {}

  /** Puts the operations that follow into a new scope, unless whoever writes the graph has one. */
  static void beginAnew(SameDiff sameDiff) {
    end(sameDiff);
    if (sameDiff.currentNameScope() == null) {
      NameScope unused = sameDiff.withNameScope("ddgan-" + sameDiff.getOps().size());
    }
  }

  /** Puts the operations that follow into no scope, unless whoever writes the graph has one. */
  static void end(SameDiff sameDiff) {
    String scope = sameDiff.currentNameScope();
    if (scope != null && SCOPE.matcher(scope).matches()) {
      new NameScope(sameDiff, scope).close();
    }
  }

  /** A name as whoever writes the graph would expect it, without the scope. */
  static String plain(String name) {
    return PREFIX.matcher(name).replaceFirst("");
  }
}
