/**
 * Elementwise functions, sums and softmax, strip by strip.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.onednn.elementwise;
