package io.ddgan.internal.plugin;

import io.ddgan.plugin.PluginException;

/**
 * A plug-in in the folder that cannot be loaded.
 *
 * @param plugin file name of its jar or folder
 */
public record RejectedPlugin(String plugin, Throwable cause) {

  /** Returns the problem and how to solve it. */
  public String message() {
    return "cannot load plug-in %s: %s; update or remove it"
        .formatted(plugin, cause instanceof PluginException ? cause.getMessage() : cause);
  }
}
