/**
 * Import of networks trained by other runs and programs.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.importing;
