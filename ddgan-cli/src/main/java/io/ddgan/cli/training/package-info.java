/**
 * Trains in this process, with its files of progress and log.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli.training;
