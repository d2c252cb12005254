/**
 * What kernels run with: threads, native memory, vectors and the objects of oneDNN.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.onednn.runtime;
