package io.ddgan.plugin;

import io.ddgan.api.Command;

/**
 * A command that a plug-in adds: its name on the command line, what it does in one line, and the
 * jar or folder that it comes from.
 */
public record PluginCommand(String name, String summary, Command command, String origin) {}
