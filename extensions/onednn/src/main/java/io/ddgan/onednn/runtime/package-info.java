/**
 * The runtime of kernels: threads, native memory, vectors and oneDNN objects.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.onednn.runtime;
