package io.ddgan.plugin;

import io.ddgan.api.Command;

/**
 * A command that a plug-in adds: its name, a one-line description, and the plug-in's jar or folder.
 */
public record RegisteredCommand(String name, String summary, Command command, String origin) {}
