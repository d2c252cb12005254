package io.ddgan.eval;

import io.ddgan.api.Metric;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.plugin.ComponentType;
import jakarta.inject.Inject;
import java.util.stream.Collectors;

/** Writes components for people. */
public final class ComponentText {

  private final ComponentRegistry registry;
  private final HoconRenderer renderer;

  @Inject
  public ComponentText(ComponentRegistry registry, HoconRenderer renderer) {
    this.registry = registry;
    this.renderer = renderer;
  }

  /** A component's type; empty for what is no component. */
  public String type(Object component) {
    return component instanceof Record record
        ? registry.typeOf(record).map(ComponentType::name).orElse("")
        : "";
  }

  /**
   * A component on one line: its type and its keys, without those that are not set, so that a key
   * more makes no other measurement of an old one.
   */
  public String line(Object component) {
    return renderer
        .renderValue(component)
        .lines()
        .map(String::strip)
        .filter(line -> line.contains(" = ") && !line.endsWith(" = null"))
        .map(line -> line.replace(" = ", "="))
        .collect(Collectors.joining(" "));
  }

  /** A metric on one line, without its number of samples, of which another one may be taken. */
  public String metric(Metric metric) {
    return line(metric).replaceAll(" samples=\\S+", "");
  }
}
