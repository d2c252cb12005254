/**
 * The machine, the native library and the program that compute here.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.environment;
