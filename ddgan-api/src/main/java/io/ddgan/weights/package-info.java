/**
 * Named arrays in the files that other programs read and write: PyTorch's, safetensors and NumPy's.
 */
package io.ddgan.weights;
