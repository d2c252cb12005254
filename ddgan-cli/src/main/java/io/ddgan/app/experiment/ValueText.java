package io.ddgan.app.experiment;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;

/** Values of configurations, as tables show them. */
public final class ValueText {

  private static final String TYPE = "type";

  /** Powers of ten up to which numbers are written out. */
  private static final int MOST_PLAIN = 8;

  private ValueText() {}

  /** A string as it is, a component by its type and keys, anything else in HOCON on one line. */
  public static String of(ConfigValue value) {
    if (value.unwrapped() instanceof String text) {
      return text;
    }
    if (value instanceof ConfigObject object && object.containsKey(TYPE)) {
      ConfigObject keys = object.withoutKey(TYPE);
      String type = of(object.get(TYPE));
      return keys.isEmpty() ? type : type + " " + render(keys);
    }
    return render(value);
  }

  private static String render(ConfigValue value) {
    if (value.unwrapped() instanceof Double number && Double.isFinite(number)) {
      BigDecimal exact = BigDecimal.valueOf(number).stripTrailingZeros();
      int exponent = exact.precision() - exact.scale() - 1;
      return Math.abs(exponent) <= MOST_PLAIN ? exact.toPlainString() : number.toString();
    }
    return value.render(ConfigRenderOptions.concise().setJson(false));
  }
}
