/**
 * Trains in this process, new runs and those that are resumed, with its files of progress and log;
 * and compares a run with a copy that was trained again.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.training;
