/**
 * The machine, the native library and the program of this process.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.environment;
