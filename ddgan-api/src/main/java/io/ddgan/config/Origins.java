package io.ddgan.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where configuration values come from, in the form in which editors and compilers write it. */
public final class Origins {

  public static final String COMMAND_LINE = "command line";

  /** What nobody has written is called so. */
  private static final String NOWHERE = ConfigFactory.empty().origin().description();

  /** How the parser calls the values that it has put in place of {@code ${NAME}}. */
  private static final String ENVIRONMENT = "env variables";

  private static final String MERGED = "merge of ";
  private static final Pattern LINES = Pattern.compile("(.*): (\\d+)(-\\d+)?");

  /** Where a resource was found, which its name says well enough. */
  private static final Pattern RESOURCE = Pattern.compile(" @ \\S+?(?=(: \\d+(-\\d+)?)?$)");

  private Origins() {}

  public static boolean isCommandLine(ConfigOrigin origin) {
    return origin.description().startsWith(COMMAND_LINE);
  }

  /** Whether a configuration was read from a file, or a resource. */
  public static boolean isFile(ConfigOrigin origin) {
    return !isCommandLine(origin) && !origin.description().equals(NOWHERE);
  }

  /** {@code my.conf:12}, or the first such place of a value that was merged from several. */
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

  /** The place without the line. */
  public static String source(ConfigOrigin origin) {
    return place(origin).replaceFirst(":\\d+$", "");
  }

  /** A problem that the parser found. */
  public static Problem problem(ConfigException e, String source) {
    String message = e.getMessage();
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
