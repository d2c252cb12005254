package io.ddgan.internal.plugin;

import java.nio.file.Path;

/**
 * The place that a plug-in was loaded from.
 *
 * @param name the plug-in's name, or its entry in the folder of plug-ins
 * @param place its jar, or the folder of its classes
 */
public record PluginOrigin(String name, Path place) {}
