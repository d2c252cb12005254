/**
 * Products of matrices and of filters.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.onednn.product;
