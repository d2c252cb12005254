/**
 * Export of trained generators to files for other programs.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.export;
