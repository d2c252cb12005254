/**
 * What was measured of a run, under which conditions, and the files in its folder that say so.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.eval.records;
