/**
 * Reads experiments, puts their parts together, and reads what was measured of them, over seeds.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.experiment;
