/**
 * Finds plug-ins, isolates each in its own class loader, and lists the available components.
 * Nothing here inspects a component or loads native code.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.internal.plugin;
