/**
 * How components reach experiments: a plug-in contributes them by name, the registry finds them.
 * Nothing here looks into a component or loads native code.
 *
 * <p>Promised are {@link io.ddgan.plugin.DdganPlugin}, {@link io.ddgan.plugin.Components} and
 * {@link io.ddgan.plugin.ComponentKind}, with which a plug-in registers. The rest, which loads
 * plug-ins and finds their components, is internal and may change in any version.
 */
package io.ddgan.plugin;
