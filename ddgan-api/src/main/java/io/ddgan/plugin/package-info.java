/**
 * The plug-in interface: {@link io.ddgan.plugin.DdganPlugin} contributes {@link
 * io.ddgan.plugin.Components} by name, each of a {@link io.ddgan.plugin.ComponentKind}.
 */
package io.ddgan.plugin;
