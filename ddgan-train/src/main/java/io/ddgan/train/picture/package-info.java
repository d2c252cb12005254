/**
 * Pictures of generated examples.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.picture;
