package io.ddgan.internal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.ddgan.config.Origins;
import io.ddgan.config.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds lines of a file that HOCON drops without a word: a component's name before its keys, as in
 * {@code schedule = cosine} and then {@code schedule.steps = 4}, or keys before the name. Looks at
 * lines outside of braces, where this is easily written.
 */
final class LostLines {

  private static final String PATH = "([A-Za-z][\\w-]*(?:\\.[A-Za-z][\\w-]*)*)";

  private static final Pattern NAME =
      Pattern.compile("\\s*" + PATH + "\\s*[=:]\\s*\"?([A-Za-z][\\w-]*)\"?\\s*((#|//).*)?");

  private static final Pattern KEYS = Pattern.compile("\\s*" + PATH + "\\s*(\\+?[=:]|\\{).*");

  /** What braces within do not count. */
  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|(#|//).*");

  private final Config merged;
  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  private LostLines(Config merged, String file) {
    this.merged = merged;
    this.file = file;
  }

  /**
   * Looks for them.
   *
   * @param text the file's
   * @param merged what HOCON makes of it and of what it includes
   * @param file what errors call it
   */
  static List<Problem> of(String text, Config merged, String file) {
    LostLines lost = new LostLines(merged, file);
    int depth = 0;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (depth == 0) {
        lost.look(line, number);
      }
      for (char letter : QUOTED.matcher(line).replaceAll("").toCharArray()) {
        depth += letter == '{' || letter == '[' ? 1 : letter == '}' || letter == ']' ? -1 : 0;
      }
    }
    return lost.problems;
  }

  private void look(String line, int number) {
    Matcher name = NAME.matcher(line);
    if (name.matches() && isLost(name.group(1))) {
      add(
          number,
          name.group(1),
          "the name %s is lost, as other lines or an include after it give keys of %s; write both together: %s { type = %s, ... }"
              .formatted(name.group(2), name.group(1), name.group(1), name.group(2)));
    }
    Matcher keys = KEYS.matcher(line);
    if (keys.matches()) {
      String path = keys.group(1);
      for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
        String outer = path.substring(0, dot);
        Optional<ConfigValue> value = value(outer);
        if (value.filter(last -> last.valueType() == ConfigValueType.STRING).isPresent()) {
          String type = String.valueOf(value.get().unwrapped());
          add(
              number,
              path,
              "is lost, as another line gives %s a name; write both together: %s { type = %s, ... }"
                  .formatted(outer, outer, type));
        }
      }
    }
  }

  /** Whether an object has taken a name's place that does not say its type in this file. */
  private boolean isLost(String path) {
    Optional<ConfigValue> value = value(path);
    if (value.isEmpty() || !(value.get() instanceof ConfigObject object)) {
      return false;
    }
    ConfigValue type = object.get(Layering.TYPE);
    return type == null || !Origins.place(type.origin()).startsWith(file + ":");
  }

  private Optional<ConfigValue> value(String path) {
    return merged.hasPath(path) ? Optional.of(merged.getValue(path)) : Optional.empty();
  }

  private void add(int line, String path, String message) {
    problems.add(new Problem("%s:%d".formatted(file, line), path, message));
  }
}
