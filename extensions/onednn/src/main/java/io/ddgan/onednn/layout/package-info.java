/**
 * Memory layouts of values, and copies between them.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.onednn.layout;
