package io.ddgan.internal.config;

import com.typesafe.config.ConfigUtil;
import io.ddgan.api.Ramp;
import io.ddgan.api.ScheduledValue;
import io.ddgan.internal.plugin.ComponentRegistry;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes records as HOCON with every key, in the order of the record components. The output binds
 * to an equal record even if defaults change.
 */
public final class HoconRenderer {

  private final ComponentRegistry registry;

  @Inject
  public HoconRenderer(ComponentRegistry registry) {
    this.registry = registry;
  }

  /** Renders a whole configuration, ending in a line break. */
  public String render(Record configuration) {
    StringBuilder out = new StringBuilder();
    renderKeys(configuration, "", out);
    return out.toString();
  }

  /** Renders one value for use after a key. */
  public String renderValue(Object value) {
    StringBuilder out = new StringBuilder();
    renderValue(value, "", out);
    return out.toString();
  }

  private void renderKeys(Record record, String indent, StringBuilder out) {
    ConfigKey.values(record)
        .forEach(
            (name, wrapped) -> {
              Object value = unwrap(wrapped);
              out.append(indent).append(name);
              out.append(
                  value instanceof Record && !(value instanceof ScheduledValue) ? " " : " = ");
              renderValue(value, indent, out);
              out.append('\n');
            });
  }

  /**
   * Unwraps an optional value, and a list of one component: its keys can then be overridden one by
   * one.
   */
  private Object unwrap(Object value) {
    if (value instanceof List<?> list
        && list.size() == 1
        && list.get(0) instanceof Record record
        && registry.typeOf(record).isPresent()) {
      return record;
    }
    return value instanceof Optional<?> optional && optional.isPresent() ? optional.get() : value;
  }

  private void renderValue(Object value, String indent, StringBuilder out) {
    if (value instanceof ScheduledValue scheduled) {
      out.append(scheduled(scheduled));
    } else if (value instanceof Record record) {
      String inner = indent + "  ";
      out.append("{\n");
      registry
          .typeOf(record)
          .ifPresent(type -> out.append(inner).append("type = ").append(type.name()).append('\n'));
      renderKeys(record, inner, out);
      out.append(indent).append('}');
    } else if (value instanceof List<?> list) {
      renderList(list, indent, out);
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresentOrElse(
          present -> renderValue(present, indent, out), () -> out.append("null"));
    } else {
      out.append(scalar(value));
    }
  }

  private void renderList(List<?> list, String indent, StringBuilder out) {
    if (list.stream().noneMatch(Record.class::isInstance)) {
      out.append(list.stream().map(this::renderValue).collect(Collectors.joining(", ", "[", "]")));
      return;
    }
    String inner = indent + "  ";
    out.append("[\n");
    for (Object element : list) {
      out.append(inner);
      renderValue(element, inner, out);
      out.append('\n');
    }
    out.append(indent).append(']');
  }

  private String scheduled(ScheduledValue value) {
    return value instanceof Ramp ramp && ramp.equals(Ramp.constant(ramp.from()))
        ? scalar(ramp.from())
        : ConfigKey.values((Record) value).entrySet().stream()
            .map(part -> part.getKey() + " = " + renderValue(part.getValue()))
            .collect(Collectors.joining(", ", "{ ", " }"));
  }

  private static String scalar(Object value) {
    if (value instanceof String || value instanceof Path) {
      return ConfigUtil.quoteString(value.toString());
    }
    return value instanceof Enum<?> constant
        ? Scalars.ofConstant(constant)
        : value.toString().toLowerCase(Locale.ROOT);
  }
}
