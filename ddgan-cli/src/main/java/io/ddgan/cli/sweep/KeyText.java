package io.ddgan.cli.sweep;

/** Keys of configurations, as labels show them. */
public final class KeyText {

  private static final String TYPE = ".type";

  private KeyText() {}

  /**
   * A key without what it is within; a component's type goes by the component's name. An element of
   * a list keeps the list: {@code penalty[1].gamma}.
   */
  public static String of(String key) {
    String own = key.endsWith(TYPE) ? key.substring(0, key.length() - TYPE.length()) : key;
    int element = own.lastIndexOf('[');
    return own.substring(own.lastIndexOf('.', element < 0 ? own.length() : element) + 1);
  }
}
