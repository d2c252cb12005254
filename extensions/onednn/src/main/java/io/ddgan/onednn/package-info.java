/**
 * The executor that computes with oneDNN 3 and vectors.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.onednn;
