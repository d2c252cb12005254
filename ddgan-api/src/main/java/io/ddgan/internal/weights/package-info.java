/**
 * Reads and writes named arrays in the file formats of PyTorch, safetensors and NumPy. An
 * IOException names the file and the reason.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.internal.weights;
