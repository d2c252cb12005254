/**
 * Sweeps: many training runs from one file. {@link io.ddgan.app.sweep.SweepFile} is its content,
 * {@link io.ddgan.app.sweep.Planner} makes the trials, {@link io.ddgan.app.sweep.Sweep} runs them,
 * and {@link io.ddgan.app.sweep.SweepResults} has their results.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.sweep;
