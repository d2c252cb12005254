/**
 * The executor that computes with oneDNN 3 and Java's vectors.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.onednn;
