package io.ddgan.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where configuration values come from, in the form in which editors and compilers write it. */
final class Origins {

  static final String COMMAND_LINE = "command line";

  private static final String MERGED = "merge of ";
  private static final Pattern LINES = Pattern.compile("(.*): (\\d+)(-\\d+)?");

  /** Where a resource was found, which its name says well enough. */
  private static final Pattern RESOURCE = Pattern.compile(" @ \\S+?(?=(: \\d+(-\\d+)?)?$)");

  private Origins() {}

  static boolean isCommandLine(ConfigOrigin origin) {
    return origin.description().startsWith(COMMAND_LINE);
  }

  /** {@code my.conf:12}, or the first such place of a value that was merged from several. */
  static String place(ConfigOrigin origin) {
    if (isCommandLine(origin)) {
      return COMMAND_LINE;
    }
    String description = origin.description();
    if (description.startsWith(MERGED)) {
      description = description.substring(MERGED.length()).split(",", 2)[0];
    }
    description = RESOURCE.matcher(description).replaceFirst("");
    Matcher lines = LINES.matcher(description);
    return lines.matches() ? lines.group(1) + ":" + lines.group(2) : description;
  }

  /** The place without the line. */
  static String source(ConfigOrigin origin) {
    return place(origin).replaceFirst(":\\d+$", "");
  }

  /** A problem that the parser found. */
  static Problem problem(ConfigException e, String source) {
    if (e.origin() == null) {
      return new Problem(source, "", e.getMessage());
    }
    String prefix = e.origin().description() + ": ";
    String message = e.getMessage();
    return new Problem(
        place(e.origin()),
        "",
        message.startsWith(prefix) ? message.substring(prefix.length()) : message);
  }
}
