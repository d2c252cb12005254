/**
 * A launcher that submits the trials of a sweep to Slurm as job arrays. A plug-in that depends only
 * on {@code ddgan-api}.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.slurm;
