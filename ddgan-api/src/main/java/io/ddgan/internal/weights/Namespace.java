package io.ddgan.internal.weights;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** Python's {@code argparse.Namespace}: parsed options by name. */
final class Namespace extends AbstractMap<Object, Object> {

  private Map<Object, Object> attributes = Map.of();

  /** Takes over attributes, without a copy that a hostile file could multiply. */
  void attributes(Map<Object, Object> attributes) {
    this.attributes = Collections.unmodifiableMap(attributes);
  }

  @Override
  public Set<Map.Entry<Object, Object>> entrySet() {
    return attributes.entrySet();
  }
}
