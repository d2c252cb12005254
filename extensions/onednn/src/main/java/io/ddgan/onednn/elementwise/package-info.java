/**
 * Functions of single numbers, sums of them and softmax, piece by piece.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.onednn.elementwise;
