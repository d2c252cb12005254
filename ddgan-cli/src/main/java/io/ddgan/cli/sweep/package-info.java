/**
 * Sweeps: many trainings from one file. {@link io.ddgan.cli.sweep.SweepFile} is what the file says,
 * {@link io.ddgan.cli.sweep.Planner} makes trials of it, {@link io.ddgan.cli.sweep.Sweep} runs
 * them, {@link io.ddgan.cli.sweep.Results} is what comes out.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.cli.sweep;
