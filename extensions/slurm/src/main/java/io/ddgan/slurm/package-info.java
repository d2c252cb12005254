/**
 * A launcher that gives the trials of a sweep to Slurm, as job arrays. A plug-in that sees {@code
 * ddgan-api} alone.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.slurm;
