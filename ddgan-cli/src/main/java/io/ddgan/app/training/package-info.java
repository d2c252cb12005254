/**
 * Trains in this process, new runs and those that go on, with its files of progress and log.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.training;
