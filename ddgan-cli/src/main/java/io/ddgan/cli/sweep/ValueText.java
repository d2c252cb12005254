package io.ddgan.cli.sweep;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;

/** Values of configurations, as tables show them. */
public final class ValueText {

  private ValueText() {}

  /** A string as it is, anything else in HOCON on one line. */
  public static String of(ConfigValue value) {
    return value.unwrapped() instanceof String text
        ? text
        : value.render(ConfigRenderOptions.concise().setJson(false));
  }
}
