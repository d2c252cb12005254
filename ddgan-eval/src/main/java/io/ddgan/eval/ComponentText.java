package io.ddgan.eval;

import io.ddgan.api.Metric;
import io.ddgan.internal.config.HoconRenderer;
import io.ddgan.internal.plugin.ComponentRegistry;
import io.ddgan.plugin.RegisteredComponent;
import jakarta.inject.Inject;
import java.util.stream.Collectors;

/** Renders components as text. */
public final class ComponentText {

  private final ComponentRegistry registry;
  private final HoconRenderer renderer;

  @Inject
  public ComponentText(ComponentRegistry registry, HoconRenderer renderer) {
    this.registry = registry;
    this.renderer = renderer;
  }

  /** Returns a component's type, or an empty string for any other object. */
  public String type(Object component) {
    return component instanceof Record record
        ? registry.typeOf(record).map(RegisteredComponent::name).orElse("")
        : "";
  }

  /**
   * Returns a component on one line: its type and its keys. Keys that are not set are omitted,
   * which keeps earlier records valid when a component gains an optional key.
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

  /** Returns a metric on one line, without its number of samples, which is recorded separately. */
  public String metric(Metric metric) {
    return line(metric).replaceAll(" samples=\\S+", "");
  }
}
