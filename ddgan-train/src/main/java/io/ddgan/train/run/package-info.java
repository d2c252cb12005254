/**
 * The folder of a run: its files, its lock and its metrics.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.run;
