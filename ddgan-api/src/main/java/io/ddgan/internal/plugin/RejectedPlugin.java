package io.ddgan.internal.plugin;

import io.ddgan.plugin.PluginException;

/**
 * A plug-in of the folder that cannot be used.
 *
 * @param plugin file name of its jar or folder
 */
public record RejectedPlugin(String plugin, Throwable cause) {

  /** What is wrong, and what to do. */
  public String message() {
    return "plug-in %s is left out: %s; update or remove it"
        .formatted(plugin, cause instanceof PluginException ? cause.getMessage() : cause);
  }
}
