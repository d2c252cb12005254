/**
 * The configuration of a run, and its components assembled.
 *
 * <p>Internal: may change in any version, except {@link io.ddgan.train.experiment.Experiment},
 * which programs pass between methods of {@code Ddgan}.
 */
package io.ddgan.train.experiment;
