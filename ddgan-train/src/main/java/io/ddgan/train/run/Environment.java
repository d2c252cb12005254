package io.ddgan.train.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Facts about a process, in addition to the experiment, that its results may depend on.
 *
 * @param facts texts, numbers, and maps of them, by name
 */
public record Environment(Map<String, Object> facts) {

  static final String NOT_RECORDED = "not recorded";

  /**
   * A fact that differs between two environments.
   *
   * @param name the fact's name; nested names are joined by dots
   */
  public record Difference(String name, String before, String after) {

    @Override
    public String toString() {
      return "%s %s -> %s".formatted(name, before, after);
    }
  }

  /** Returns these facts and another one. */
  public Environment with(String name, Object fact) {
    Map<String, Object> more = new LinkedHashMap<>(facts);
    more.put(name, fact);
    return new Environment(more);
  }

  /** Returns a fact as text; {@code not recorded} if there is none. */
  public String fact(String name) {
    return flat().getOrDefault(name, NOT_RECORDED);
  }

  /** Returns whether there is a fact of this name. */
  public boolean has(String name) {
    return flat().containsKey(name);
  }

  /** Returns the facts that differ, by name; facts of only one environment included. */
  public Map<String, Difference> differences(Environment other) {
    TreeSet<String> names = new TreeSet<>(flat().keySet());
    names.addAll(other.flat().keySet());
    Map<String, Difference> differences = new TreeMap<>();
    for (String name : names) {
      Difference difference = new Difference(name, fact(name), other.fact(name));
      if (!difference.before().equals(difference.after())) {
        differences.put(name, difference);
      }
    }
    return differences;
  }

  private Map<String, String> flat() {
    Map<String, String> flat = new TreeMap<>();
    flatten("", facts, flat);
    return flat;
  }

  private static void flatten(String prefix, Map<?, ?> facts, Map<String, String> flat) {
    facts.forEach(
        (name, fact) -> {
          if (fact instanceof Map<?, ?> parts) {
            flatten(prefix + name + ".", parts, flat);
          } else {
            flat.put(prefix + name, String.valueOf(fact));
          }
        });
  }
}
