/**
 * Convolutions of channels-last maps by oneDNN, and their epilogues.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.onednn.convolution;
