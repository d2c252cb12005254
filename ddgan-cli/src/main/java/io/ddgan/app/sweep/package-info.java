/**
 * Sweeps: many trainings from one file. {@link io.ddgan.app.sweep.SweepFile} is what the file says,
 * {@link io.ddgan.app.sweep.Planner} makes trials of it, {@link io.ddgan.app.sweep.Sweep} runs
 * them, {@link io.ddgan.app.sweep.Results} is what comes out.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.sweep;
