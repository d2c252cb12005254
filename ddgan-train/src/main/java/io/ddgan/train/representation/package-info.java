/**
 * What networks may see in place of the data.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.representation;
