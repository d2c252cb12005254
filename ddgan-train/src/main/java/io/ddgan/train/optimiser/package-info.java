/**
 * The optimisers. The learning rate is an argument of an update: {@link
 * io.ddgan.train.experiment.TrainingSettings} has it for each step.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.optimiser;
