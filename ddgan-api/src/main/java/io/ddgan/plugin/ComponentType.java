package io.ddgan.plugin;

/**
 * A component that experiments can name.
 *
 * @param name its {@code type} in configurations
 * @param summary what it is, in one line
 * @param type the record that holds its configuration
 * @param origin file name of the jar, or the folder, that it comes from
 */
public record ComponentType(
    ComponentKind kind, String name, String summary, Class<? extends Record> type, String origin) {

  /** Kind and name, as in {@code schedule.vp}. */
  public String id() {
    return kind.key() + "." + name;
  }

  /** Where the defaults of its keys are in reference configurations. */
  public String defaultsPath() {
    return "ddgan.defaults." + id();
  }
}
