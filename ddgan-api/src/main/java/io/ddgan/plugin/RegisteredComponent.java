package io.ddgan.plugin;

/**
 * A component that configurations can name.
 *
 * @param name its {@code type} in configurations
 * @param summary one-line description
 * @param recordClass the record of its configuration
 * @param origin its jar's file name, or its folder
 */
public record RegisteredComponent(
    ComponentKind kind,
    String name,
    String summary,
    Class<? extends Record> recordClass,
    String origin) {

  /** Kind and name, such as {@code schedule.vp}. */
  public String id() {
    return kind.key() + "." + name;
  }

  /** Path of the defaults of its keys in reference configurations. */
  public String defaultsPath() {
    return "ddgan.defaults." + id();
  }
}
