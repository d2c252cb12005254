package io.ddgan.plugin;

import io.ddgan.api.Command;
import java.util.List;

/**
 * A command that a plug-in adds.
 *
 * @param name its name on the command line
 * @param summary what it does, in one line
 * @param help lines about its arguments
 * @param command does it
 * @param origin file name of the jar, or the folder, that it comes from
 */
public record PluginCommand(
    String name, String summary, List<String> help, Command command, String origin) {}
