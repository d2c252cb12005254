/**
 * What determines a run, and its parts put together.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.experiment;
