/**
 * The folder of a run: what is in it, who may write to it, and what was measured.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.train.run;
