/**
 * What determines a run, and its parts put together.
 *
 * <p>Internal: may change in any version, but {@link io.ddgan.train.experiment.Experiment}, which
 * programs hand from one method of {@code Ddgan} to another.
 */
package io.ddgan.train.experiment;
