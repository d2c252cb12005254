package io.ddgan.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats the origins of configuration values as editors and compilers do. */
public final class Origins {

  public static final String COMMAND_LINE = "command line";

  /** Description of an unknown origin. */
  private static final String NOWHERE = ConfigFactory.empty().origin().description();

  /** Description of values substituted for {@code ${NAME}}. */
  private static final String ENVIRONMENT = "env variables";

  private static final String MERGED = "merge of ";
  private static final Pattern LINES = Pattern.compile("(.*): (\\d+)(-\\d+)?");

  /** Location of a resource, which follows its name. */
  private static final Pattern RESOURCE = Pattern.compile(" @ \\S+?(?=(: \\d+(-\\d+)?)?$)");

  private Origins() {}

  public static boolean isCommandLine(ConfigOrigin origin) {
    return origin.description().startsWith(COMMAND_LINE);
  }

  /** Returns whether a value was read from a file or a resource. */
  public static boolean isFile(ConfigOrigin origin) {
    return !isCommandLine(origin) && !origin.description().equals(NOWHERE);
  }

  /**
   * Returns the place, such as {@code my.conf:12}; the first one of a value merged from several.
   */
  public static String place(ConfigOrigin origin) {
    if (isCommandLine(origin)) {
      return COMMAND_LINE;
    }
    String description = origin.description();
    if (description.startsWith(ENVIRONMENT)) {
      return "environment variable";
    }
    if (description.startsWith(MERGED)) {
      description = description.substring(MERGED.length()).split(",", 2)[0];
    }
    description = RESOURCE.matcher(description).replaceFirst("");
    Matcher lines = LINES.matcher(description);
    return lines.matches() ? lines.group(1) + ":" + lines.group(2) : description;
  }

  /** Returns the place without the line. */
  public static String source(ConfigOrigin origin) {
    return place(origin).replaceFirst(":\\d+$", "");
  }

  /** Returns an error of the parser as a problem. */
  public static Problem problem(ConfigException e, String source) {
    String message =
        e.getMessage()
            .replaceFirst(
                "(?s)Cannot concatenate object or list .*",
                "a list cannot be added to another value; += is for lists");
    if (e.origin() == null) {
      return new Problem(source, "", message);
    }
    String prefix = e.origin().description() + ": ";
    return new Problem(
        place(e.origin()),
        "",
        message.startsWith(prefix) ? message.substring(prefix.length()) : message);
  }
}
