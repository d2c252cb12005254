/**
 * Named arrays in the files that other programs read and write: PyTorch's, safetensors and NumPy's.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.internal.weights;
