/**
 * Orders of values in memory, and copies from one to another.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.onednn.layout;
