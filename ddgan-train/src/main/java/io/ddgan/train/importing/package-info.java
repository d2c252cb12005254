/**
 * Networks that were trained elsewhere.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.importing;
