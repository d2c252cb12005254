/**
 * Writing generated examples as pictures.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.picture;
