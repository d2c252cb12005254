package io.ddgan.plugin;

import io.ddgan.api.Command;

/**
 * A command that a plug-in adds.
 *
 * @param name its name on the command line
 * @param summary what it does, in one line
 * @param command does it
 * @param origin file name of the jar, or the folder, that it comes from
 */
public record PluginCommand(String name, String summary, Command command, String origin) {}
