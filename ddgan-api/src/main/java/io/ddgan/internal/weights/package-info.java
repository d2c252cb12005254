/**
 * Named arrays in the files that other programs read and write: PyTorch's, safetensors and NumPy's.
 * An IOException names the file and says why it cannot be read or written.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.internal.weights;
