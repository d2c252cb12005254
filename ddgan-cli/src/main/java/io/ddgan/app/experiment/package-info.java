/**
 * Reads and assembles experiments, and reads their evaluations over seeds.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.experiment;
