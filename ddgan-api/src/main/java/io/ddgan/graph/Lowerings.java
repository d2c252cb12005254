package io.ddgan.graph;

import java.util.Map;

/** The lowerings that every plan uses. */
final class Lowerings {

  private Lowerings() {}

  static Map<String, Lowering> standard() {
    return Map.of();
  }
}
