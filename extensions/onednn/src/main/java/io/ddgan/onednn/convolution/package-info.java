/**
 * Convolutions of maps with the channels last, by oneDNN, and what follows them.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.onednn.convolution;
