/**
 * Writing generated examples as pictures and as arrays.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.picture;
