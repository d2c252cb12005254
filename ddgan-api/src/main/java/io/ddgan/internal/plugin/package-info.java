/**
 * Finds plug-ins, isolates them in class loaders of their own, and answers which components there
 * are. Nothing here looks into a component or loads native code.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.internal.plugin;
