/**
 * Sweeps: many trainings from one file. {@link io.ddgan.cli.sweep.SweepFile} is what the file says,
 * {@link io.ddgan.cli.sweep.Planner} makes trials of it, {@link io.ddgan.cli.sweep.Sweep} runs
 * them, {@link io.ddgan.cli.sweep.Results} is what comes out.
 */
package io.ddgan.cli.sweep;
