/**
 * The evaluations of a run, their conditions and their files.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.eval.records;
