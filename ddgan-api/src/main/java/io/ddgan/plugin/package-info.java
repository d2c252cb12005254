/**
 * How components reach experiments: a plug-in contributes them by name, the registry finds them.
 * Nothing here looks into a component or loads native code.
 */
package io.ddgan.plugin;
