package io.ddgan.plugin;

/** A plug-in that cannot be used; the message names its jar. */
public final class PluginException extends RuntimeException {

  PluginException(String message) {
    super(message);
  }

  PluginException(String message, Throwable cause) {
    super(message, cause);
  }
}
