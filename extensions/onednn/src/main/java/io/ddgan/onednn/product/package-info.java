/**
 * Products with dense matrices and sparse filters.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.onednn.product;
