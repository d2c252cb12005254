package io.ddgan.plugin;

/** Thrown if a plug-in cannot be used; the message names its jar. */
public final class PluginException extends RuntimeException {

  public PluginException(String message) {
    super(message);
  }

  public PluginException(String message, Throwable cause) {
    super(message, cause);
  }
}
